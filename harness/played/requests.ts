import type { Ending } from './messages.js';

/** A message that came in two writes is whole after so long without a further byte, in milliseconds. */
const quietMs = 50;
/** A message is not longer, in bytes. */
export const longestMessage = 1024 * 1024;

export interface RequestsOptions {
  readonly ending: Ending | 'unknown';
  readonly onRequest: (bytes: Buffer) => void;
  /** Called once, where the ending was unknown. */
  readonly onEnding: (ending: Ending) => void;
  readonly onTooLong: () => void;
  /** Called where the ending was unknown, and the first bytes are of another protocol, whose name it is given. */
  readonly onOther?: (protocol: string) => void;
}

/** What other clients say first: RFC 9112 §3, and RFC 8446 §5.1 (a handshake record). */
function otherProtocol(bytes: Buffer): string | undefined {
  if (bytes[0] === 0x16 && bytes[1] === 0x03) return 'TLS';
  return /^[A-Z]+ \S+ HTTP\/\d\.\d\r?\n/.test(bytes.toString('latin1')) ? 'HTTP' : undefined;
}

/**
 * Takes a client's messages out of its bytes. Lines end with a newline. Where a client sends bare bytes, as tutorials
 * do, nothing but the arrival of a piece says that there is a message: a server that echoes what it reads does the same.
 */
export class Requests {
  readonly #options: RequestsOptions;
  #ending: Ending | 'unknown';
  #rest: Buffer = Buffer.alloc(0);
  #quiet: NodeJS.Timeout | undefined;

  constructor(options: RequestsOptions) {
    this.#options = options;
    this.#ending = options.ending;
  }

  receive(bytes: Buffer): void {
    if (this.#ending === '') {
      this.#options.onRequest(bytes);
      return;
    }
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    if (this.#ending === 'unknown') this.#findOut();
    if (this.#ending !== 'unknown') this.#takeLines();
    if (this.#rest.length > longestMessage) this.#options.onTooLong();
  }

  stop(): void {
    clearTimeout(this.#quiet);
  }

  #findOut(): void {
    clearTimeout(this.#quiet);
    const other = otherProtocol(this.#rest);
    if (other !== undefined) {
      this.#options.onOther?.(other);
      return;
    }
    const newline = this.#rest.indexOf('\n');
    if (newline >= 0) this.#found(newline > 0 && this.#rest[newline - 1] === 0x0d ? '\r\n' : '\n');
    else {
      this.#quiet = setTimeout(() => {
        this.#found('');
        const whole = this.#rest;
        this.#rest = Buffer.alloc(0);
        this.#options.onRequest(whole);
      }, quietMs);
    }
  }

  #found(ending: Ending): void {
    this.#ending = ending;
    this.#options.onEnding(ending);
  }

  #takeLines(): void {
    let from = 0;
    for (;;) {
      const newline = this.#rest.indexOf('\n', from);
      if (newline < 0) break;
      this.#options.onRequest(this.#rest.subarray(from, newline + 1));
      from = newline + 1;
    }
    this.#rest = this.#rest.subarray(from);
  }
}
