import type { RequestPart } from '../messages.js';

/** What a driver reports of the bytes that it is fed; the client adds who and when. */
export interface DriverSink {
  replyStarted(exchange: number): void;
  reply(exchange: number, facts: { bytes: number; status?: number; connectionClose?: boolean }): void;
  replyTruncated(exchange: number, facts: { receivedBytes: number; expectedBytes: number | null }): void;
  told(framed: boolean): void;
  unexpected(text: string): void;
}

/** One protocol, on one connection. It writes and reads bytes; sockets and clocks are the client's business. */
export interface Driver {
  /** The bytes of request number `exchange`, whose reply is then awaited. */
  request(exchange: number, part: RequestPart, path: string | undefined): Buffer;
  receive(bytes: Buffer): void;
  /** The server has ended the connection, by FIN or by RST: after the latter nothing unfinished is complete. */
  end(how: 'fin' | 'rst'): void;
}
