/** What has no line end by then is not waited for. */
const longestLine = 64 * 1024;

export interface Message {
  /** Counts from 1. */
  readonly exchange: number;
  readonly message: Buffer;
}

/**
 * Finds the messages in what a client sends. A client that ends its first message with a newline sends lines; one that
 * does not (many tutorials) sends what it writes at once as one message, and waits for the reply before the next.
 */
export class Requests {
  #count = 0;
  #lines: boolean | undefined;
  #unfinished: Buffer = Buffer.alloc(0);

  /** The messages that end in these bytes. */
  take(bytes: Buffer): Message[] {
    this.#lines ??= bytes.includes(10);
    if (!this.#lines) return [this.#message(bytes)];
    this.#unfinished = this.#unfinished.length === 0 ? bytes : Buffer.concat([this.#unfinished, bytes]);
    const found: Message[] = [];
    for (let at = this.#unfinished.indexOf(10); at >= 0; at = this.#unfinished.indexOf(10)) {
      found.push(this.#message(this.#unfinished.subarray(0, at + 1)));
      this.#unfinished = this.#unfinished.subarray(at + 1);
    }
    if (this.#unfinished.length > longestLine) {
      found.push(this.#message(this.#unfinished));
      this.#unfinished = Buffer.alloc(0);
    }
    return found;
  }

  #message(message: Buffer): Message {
    this.#count += 1;
    return { exchange: this.#count, message };
  }
}
