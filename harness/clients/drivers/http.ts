import { HTTPParser } from 'http-parser-js';
import type { RequestPart } from '../messages.js';
import type { Driver, DriverSink } from './driver.js';

interface Reply {
  readonly exchange: number;
  receivedBytes: number;
  expectedBytes: number | null;
  status: number;
  connectionClose: boolean;
}

/** HTTP/1.1 with keep-alive (RFC 9112), replies in the order of their requests. */
export class HttpDriver implements Driver {
  readonly #sink: DriverSink;
  readonly #host: string;
  readonly #path: string;
  #parser = new HTTPParser(HTTPParser.RESPONSE);
  #awaited: number[] = [];
  #reply: Reply | undefined;
  #broken = false;
  /** The last exchange whose reply has begun; interim replies begin it too. */
  #started = 0;
  /** Where in the bytes that are being read the last reply ended. */
  #endedAt = 0;

  constructor(sink: DriverSink, options: { host: string; path: string }) {
    this.#sink = sink;
    this.#host = options.host;
    this.#path = options.path;
    this.#listen();
  }

  request(exchange: number, part: RequestPart, path: string | undefined): Buffer {
    this.#awaited.push(exchange);
    const target = path ?? this.#path;
    const headers = `Host: ${this.#host}\r\nUser-Agent: signal-conformance\r\nAccept: */*\r\n`;
    if (part === 'half-headers')
      return Buffer.from(`GET ${target} HTTP/1.1\r\nHost: ${this.#host}\r\nUser-Ag`);
    if (part === 'half-body') {
      const body = 'Content-Type: text/plain\r\nContent-Length: 16\r\n\r\nhalf a b';
      return Buffer.from(`POST ${target} HTTP/1.1\r\n${headers}${body}`);
    }
    return Buffer.from(`GET ${target} HTTP/1.1\r\n${headers}\r\n`);
  }

  receive(bytes: Buffer): void {
    if (this.#broken) return;
    this.#beginIfAny(bytes);
    this.#endedAt = 0;
    const result = this.#parser.execute(bytes);
    if (!(result instanceof Error)) {
      this.#beginIfAny(bytes.subarray(this.#endedAt));
      return;
    }
    this.#broken = true;
    this.#sink.unexpected(bytes.subarray(0, 200).toString('latin1'));
  }

  end(how: 'fin' | 'rst'): void {
    if (this.#broken) return;
    // A body that is delimited by the end of the connection is complete now (RFC 9112 §6.3), unless that was an
    // error (§8). Where the end comes too early the parser returns one; what that means is said below.
    if (how === 'fin') this.#parser.finish();
    const reply = this.#reply;
    if (reply === undefined || reply.exchange === 0) return;
    this.#sink.replyTruncated(reply.exchange, {
      receivedBytes: reply.receivedBytes,
      expectedBytes: reply.expectedBytes,
    });
  }

  /** Some servers write an empty line too many; it begins no reply (RFC 9112 §2.2). */
  #beginIfAny(bytes: Buffer): void {
    if (this.#reply === undefined && bytes.some((byte) => byte !== 13 && byte !== 10)) this.#begin();
  }

  /** The first bytes after a complete reply belong to the next one; 0 is for what nobody asked for. */
  #begin(): void {
    const exchange = this.#awaited[0] ?? 0;
    this.#reply = { exchange, receivedBytes: 0, expectedBytes: null, status: 0, connectionClose: false };
    if (exchange > this.#started) this.#sink.replyStarted(exchange);
    this.#started = Math.max(this.#started, exchange);
  }

  #listen(): void {
    const parser = this.#parser;
    parser[HTTPParser.kOnHeadersComplete] = (info) => {
      if (this.#reply === undefined) this.#begin();
      const reply = this.#reply;
      if (reply === undefined) return;
      reply.status = info.statusCode;
      reply.connectionClose = !info.shouldKeepAlive;
      reply.expectedBytes = contentLength(info.headers);
    };
    parser[HTTPParser.kOnBody] = (_body, _offset, length) => {
      if (this.#reply) this.#reply.receivedBytes += length;
    };
    parser[HTTPParser.kOnMessageComplete] = () => this.#complete();
  }

  #complete(): void {
    const reply = this.#reply;
    this.#reply = undefined;
    this.#endedAt = (this.#parser as unknown as { offset: number }).offset;
    // 1xx is an interim reply: the final one is still to come (RFC 9110 §15.2).
    if (reply === undefined || (reply.status >= 100 && reply.status < 200)) return;
    if (reply.exchange === 0) {
      this.#sink.unexpected(`HTTP status ${reply.status}, not asked for`);
      return;
    }
    this.#awaited.shift();
    const { exchange, receivedBytes: bytes, status, connectionClose } = reply;
    this.#sink.reply(exchange, { bytes, status, connectionClose });
  }
}

function contentLength(headers: readonly string[]): number | null {
  for (let index = 0; index < headers.length; index += 2) {
    if (headers[index]?.toLowerCase() === 'content-length') return Number(headers[index + 1]);
  }
  return null;
}
