import type { RequestPart } from '../messages.js';
import type { Driver, DriverSink } from './driver.js';

interface Pending {
  readonly exchange: number;
  readonly bytes: Buffer;
  /** Half a message: a server that echoes bytes sends it back, one that echoes lines waits for the rest. */
  readonly optional: boolean;
}

const clipped = 200;
/** What has no line end by then is not waited for. */
const longestLine = 4096;
/** Long enough to fill buffers with few messages, short enough for servers that read lines. */
const bulkBytes = 32_000;

/**
 * Bytes in, the same bytes out; and at shutdown the notice. A message ends where our own message ended: the notice is
 * at a message boundary when no reply has begun and not ended.
 */
export class EchoDriver implements Driver {
  readonly #sink: DriverSink;
  readonly #label: string;
  readonly #notice: Buffer | undefined;
  readonly #trimmed: boolean;
  #pending: Pending[] = [];
  /** Bytes of the first pending reply that have come. */
  #matched = 0;
  #unread: Buffer = Buffer.alloc(0);
  /** The notice was read, and its line may not have ended yet. */
  #inNoticeLine = false;

  constructor(sink: DriverSink, options: { label: string; notice: string | undefined; trimmed: boolean }) {
    this.#sink = sink;
    this.#label = options.label;
    this.#notice = options.notice === undefined ? undefined : Buffer.from(options.notice);
    this.#trimmed = options.trimmed;
  }

  request(exchange: number, part: RequestPart): Buffer {
    const padding = part === 'bulk' ? ' '.padEnd(bulkBytes, '.') : '';
    const line = `ping ${this.#label} ${exchange}${padding}`;
    if (part === 'half-line') {
      const half = Buffer.from(line);
      this.#pending.push({ exchange, bytes: half, optional: true });
      return half;
    }
    const bytes = Buffer.from(`${line}\n`, 'latin1');
    this.#pending.push({ exchange, bytes: this.#trimmed ? bytes.subarray(0, -1) : bytes, optional: false });
    return bytes;
  }

  /** A request that somebody else has written, and whose echo is awaited from now on. */
  expect(exchange: number, request: Buffer): void {
    const bytes = this.#trimmed && request.at(-1) === 10 ? request.subarray(0, -1) : request;
    this.#pending.push({ exchange, bytes, optional: false });
  }

  receive(bytes: Buffer): void {
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
    while (this.#unread.length > 0 && this.#step());
  }

  end(): void {
    const [first] = this.#pending;
    if (this.#unread.length > 0) this.#reportUnexpected(this.#unread.length);
    if (first && this.#matched > 0 && !first.optional) {
      this.#sink.replyTruncated(first.exchange, {
        receivedBytes: this.#matched,
        expectedBytes: first.bytes.length,
      });
    }
    this.#pending = [];
  }

  /** Takes one thing from what is unread; false where it must wait for more. */
  #step(): boolean {
    const [first] = this.#pending;
    if (this.#inNoticeLine) return this.#endNoticeLine();
    if (first && this.#matched > 0) return this.#continueReply(first);
    const notice = this.#noticeAhead();
    if (notice === 'partly') return false;
    if (notice === 'yes') return this.#takeNotice(true);
    // A reply that lost its newline may be followed by one that did not: a newline alone is no message.
    if (this.#trimmed && (this.#unread[0] === 10 || this.#unread[0] === 13)) return this.#skip(1);
    if (first && this.#unread[0] === first.bytes[0]) return this.#continueReply(first);
    return this.#takeUnexpected();
  }

  #continueReply(first: Pending): boolean {
    const wanted = first.bytes.subarray(this.#matched);
    let same = 0;
    while (same < wanted.length && same < this.#unread.length && wanted[same] === this.#unread[same])
      same += 1;
    if (this.#matched === 0 && same > 0) this.#sink.replyStarted(first.exchange);
    this.#matched += same;
    this.#skip(same);
    if (this.#matched === first.bytes.length) {
      this.#sink.reply(first.exchange, { bytes: first.bytes.length });
      this.#next();
      return true;
    }
    if (this.#unread.length === 0) return false;
    return this.#breakReply(first);
  }

  /** The reply went on otherwise than it should: a notice in the middle of it, or something unknown. */
  #breakReply(first: Pending): boolean {
    const notice = this.#noticeAhead();
    if (notice === 'partly') return false;
    if (!first.optional) {
      this.#sink.replyTruncated(first.exchange, {
        receivedBytes: this.#matched,
        expectedBytes: first.bytes.length,
      });
    }
    this.#next();
    return notice === 'yes' ? this.#takeNotice(false) : this.#takeUnexpected();
  }

  #noticeAhead(): 'yes' | 'partly' | 'no' {
    const notice = this.#notice;
    if (notice === undefined) return 'no';
    const length = Math.min(notice.length, this.#unread.length);
    if (!this.#unread.subarray(0, length).equals(notice.subarray(0, length))) return 'no';
    return length === notice.length ? 'yes' : 'partly';
  }

  #takeNotice(framed: boolean): boolean {
    this.#skip(this.#notice?.length ?? 0);
    this.#inNoticeLine = true;
    this.#sink.told(framed);
    return true;
  }

  /** The notice is a text; how its line ends is the server's own choice, and it may come in a segment of its own. */
  #endNoticeLine(): boolean {
    while (this.#unread[0] === 10 || this.#unread[0] === 13 || this.#unread[0] === 0) this.#skip(1);
    if (this.#unread.length > 0) this.#inNoticeLine = false;
    return true;
  }

  /** A greeting, a prefix before the notice (`server: SHUTDOWN`), or nonsense. */
  #takeUnexpected(): boolean {
    const notice = this.#find(this.#notice);
    const reply = this.#find(this.#pending[0]?.bytes);
    if (reply < notice) return this.#reportUnexpected(reply);
    if (notice < Number.POSITIVE_INFINITY) {
      const line = this.#unread.lastIndexOf(10, notice) + 1;
      if (line > 0) this.#reportUnexpected(line);
      this.#skip(notice - line);
      return this.#takeNotice(true);
    }
    // The line that has not ended yet may hold the notice, or become the reply.
    const lines = this.#unread.lastIndexOf(10) + 1;
    if (lines > 0) return this.#reportUnexpected(lines);
    return this.#unread.length >= longestLine && this.#reportUnexpected(this.#unread.length);
  }

  #find(bytes: Buffer | undefined): number {
    const at = bytes === undefined ? -1 : this.#unread.indexOf(bytes);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  }

  #reportUnexpected(count: number): boolean {
    this.#sink.unexpected(this.#unread.subarray(0, Math.min(count, clipped)).toString('utf8'));
    return this.#skip(count);
  }

  #next(): void {
    this.#pending.shift();
    this.#matched = 0;
  }

  #skip(count: number): boolean {
    this.#unread = this.#unread.subarray(count);
    return true;
  }
}
