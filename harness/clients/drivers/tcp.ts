import type { Driver, DriverSink } from './driver.js';

/** Connections only: nothing is asked, and of what comes only the notice is understood. */
export class TcpDriver implements Driver {
  readonly #sink: DriverSink;
  readonly #notice: string | undefined;
  #text = '';

  constructor(sink: DriverSink, notice: string | undefined) {
    this.#sink = sink;
    this.#notice = notice;
  }

  request(): Buffer {
    return Buffer.alloc(0);
  }

  receive(bytes: Buffer): void {
    if (this.#notice === undefined) return;
    this.#text += bytes.toString('latin1');
    const notice = Buffer.from(this.#notice).toString('latin1');
    for (let at = this.#text.indexOf(notice); at >= 0; at = this.#text.indexOf(notice)) {
      this.#sink.told(true);
      this.#text = this.#text.slice(at + notice.length);
    }
    this.#text = this.#text.slice(-notice.length);
  }

  end(): void {}
}
