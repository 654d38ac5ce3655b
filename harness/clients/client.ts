import { writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { nowMs } from '../clock.js';
import type { ClientEvent } from '../recording/events.js';
import { connectTo, descriptorOf, inodeOf } from './connect.js';
import type { Driver } from './drivers/driver.js';
import { createDriver } from './drivers/index.js';
import type { ClientResult, ConnectOptions, RequestPart } from './messages.js';
import { type StreamEnd, watchStreamEnd } from './stream-end.js';

type Written = ClientEvent extends infer Event
  ? Event extends unknown
    ? Omit<Event, 'client' | 'atMs'>
    : never
  : never;
type State = 'connecting' | 'open' | 'ended';

/**
 * One connection to the target, and everything that was seen on it. It records FIN (end of stream) and RST
 * (ECONNRESET) as the different facts that they are.
 */
export class Client {
  readonly id: string;
  readonly options: ConnectOptions;
  readonly #record: (event: ClientEvent) => void;
  readonly #driver: Driver;
  #socket: Socket | undefined;
  #state: State = 'connecting';
  #left = false;
  #exchange = 0;
  /** Written past the stream. */
  #directBytes = 0;
  #lastReply = 0;
  #told = false;
  #watchers = new Set<() => void>();

  constructor(id: string, options: ConnectOptions, record: (event: ClientEvent) => void) {
    this.id = id;
    this.options = options;
    this.#record = record;
    this.#driver = createDriver(
      {
        replyStarted: (exchange) => this.#event({ type: 'reply-started', exchange }),
        reply: (exchange, facts) => {
          this.#lastReply = exchange;
          this.#event({ type: 'reply', exchange, ...facts });
        },
        replyTruncated: (exchange, facts) => {
          if (!this.#left) this.#event({ type: 'reply-truncated', exchange, ...facts });
        },
        told: (framed) => {
          this.#told = true;
          this.#event({ type: 'told', framed });
          if (options.leaveWhenTold) this.leave('fin');
        },
        unexpected: (text) => this.#event({ type: 'unexpected', text }),
      },
      id,
      options,
    );
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }
  get told(): boolean {
    return this.#told;
  }
  /** The number of the last request. */
  get asked(): number {
    return this.#exchange;
  }

  connect(timeoutMs: number): Promise<ClientResult> {
    const beforeMs = nowMs();
    const { role, instance } = this.options;
    // Half open: the FIN of the server is a fact of its own, and this client answers it after recording it.
    const socket = connectTo(this.options, { allowHalfOpen: true });
    this.#socket = socket;
    return new Promise((resolve) => {
      const failed = (code: string): void => {
        clearTimeout(timer);
        this.#state = 'ended';
        socket.destroy();
        this.#event({ type: 'connect-failed', role, instance, code, beforeMs });
        resolve({ client: this.id, ok: false, reason: `connecting failed: ${code}` });
      };
      const timer = setTimeout(failed, timeoutMs, 'ETIMEDOUT');
      socket.once('error', onError);
      function onError(error: NodeJS.ErrnoException): void {
        failed(error.code ?? error.message);
      }
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.off('error', onError);
        this.#state = 'open';
        const inode = this.#isUnix ? inodeOf(socket) : undefined;
        const end = { localPort: socket.localPort ?? 0, ...(inode ? { inode: Number(inode) } : {}) };
        this.#event({ type: 'connected', role, instance, ...end, beforeMs });
        this.#attach(socket);
        resolve({ client: this.id, ok: true });
      });
    });
  }

  /** Writes one request or half of one; its number, or 0 where the server has closed its end and nothing was written. */
  request(part: RequestPart, path?: string): number {
    const beforeMs = nowMs();
    const bytes = this.#driver.request(this.#exchange + 1, part, path);
    if (this.#state === 'open' && !this.#write(bytes)) return 0;
    this.#exchange += 1;
    const said = part === 'bulk' ? 'whole' : part;
    this.#event({ type: 'request', exchange: this.#exchange, bytes: bytes.length, part: said, beforeMs });
    return this.#exchange;
  }

  /** One whole exchange. */
  async exchange(timeoutMs: number): Promise<ClientResult> {
    if (this.options.protocol === 'tcp') {
      return this.ended
        ? { client: this.id, ok: false, reason: 'its connection has ended' }
        : { client: this.id, ok: true };
    }
    if (this.ended) return { client: this.id, ok: false, reason: 'its connection has ended' };
    const number = this.request('whole');
    const isAnswered = () => number > 0 && this.#lastReply >= number;
    const done = await this.#until(() => isAnswered() || this.ended, timeoutMs);
    if (isAnswered()) return { client: this.id, ok: true };
    if (!done && number > 0) this.#event({ type: 'no-reply', exchange: number, waitedMs: timeoutMs });
    const reason = done
      ? 'its connection ended before the reply came'
      : `no reply came within ${timeoutMs} ms`;
    return { client: this.id, ok: false, reason };
  }

  /** Stops reading, and writes requests until the kernel takes no more. */
  fill(maxBytes: number): void {
    this.pause();
    let written = 0;
    const more = (): void => {
      while (this.#state === 'open' && written < maxBytes) {
        const before = this.#writtenBytes;
        if (this.request('bulk') === 0) return;
        written += this.#writtenBytes - before || 1;
        if (this.#socket?.writableNeedDrain) {
          this.#socket.once('drain', more);
          return;
        }
      }
    };
    more();
  }

  pause(): void {
    this.#socket?.pause();
    this.#event({ type: 'paused' });
  }

  resume(): void {
    this.#event({ type: 'resumed' });
    this.#socket?.resume();
  }

  /** Ends the connection from this side: by FIN, or by RST as when a client vanishes. */
  leave(how: 'fin' | 'rst'): void {
    if (this.#state !== 'open' || this.#left) return;
    const beforeMs = nowMs();
    this.#left = true;
    // A unix socket knows no reset by its client: whoever vanishes has not read what comes, and takes nothing more.
    if (how === 'rst' && this.#isUnix) this.#socket?.destroy();
    else if (how === 'rst') this.#socket?.resetAndDestroy();
    else this.#socket?.destroySoon();
    this.#event({ type: 'left', how, beforeMs });
    this.#end();
  }

  awaitEnd(timeoutMs: number): Promise<boolean> {
    return this.#until(() => this.ended, timeoutMs);
  }

  awaitTold(timeoutMs: number): Promise<boolean> {
    return this.#until(() => this.told || this.ended, timeoutMs);
  }

  /** Lets go of the socket; nothing is recorded any more. */
  destroy(): void {
    this.#left = true;
    this.#state = 'ended';
    this.#socket?.destroy();
    this.#notify();
  }

  get #isUnix(): boolean {
    return this.options.socket !== undefined;
  }

  get #writtenBytes(): number {
    return (this.#socket?.bytesWritten ?? 0) + this.#directBytes;
  }

  /**
   * False where the server has closed its end. By TCP the kernel takes the bytes all the same, and the end is read later.
   * To a unix socket it refuses them at once (EPIPE), for which Node would destroy the stream with all that is still to be
   * read: so what can be written at once is written past the stream.
   */
  #write(bytes: Buffer): boolean {
    const socket = this.#socket;
    const fd = this.#isUnix && socket?.writableLength === 0 ? descriptorOf(socket) : undefined;
    let direct = 0;
    try {
      if (fd !== undefined) direct = writeSync(fd, bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return false;
    }
    this.#directBytes += direct;
    if (direct < bytes.length) socket?.write(bytes.subarray(direct));
    return true;
  }

  #attach(socket: Socket): void {
    socket.on('data', (bytes) => {
      if (this.#left) return;
      this.#driver.receive(bytes);
      this.#notify();
    });
    const end: StreamEnd = {
      fin: () => {
        if (this.#left) return;
        this.#driver.end('fin');
        this.#event({ type: 'fin' });
        socket.end();
        this.#end();
      },
      rst: (code) => {
        if (this.#left) return;
        if (!this.ended) this.#driver.end('rst');
        this.#event({ type: 'rst', code });
        this.#end();
      },
    };
    watchStreamEnd(socket, end, this.#isUnix);
  }

  #end(): void {
    this.#state = 'ended';
    this.#notify();
  }

  #event(event: Written): void {
    if (this.#left && event.type !== 'left') return;
    this.#record({ ...event, client: this.id, atMs: nowMs() } as ClientEvent);
  }

  #notify(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** True as soon as `condition` holds, false after `timeoutMs`. Looked at whenever something happens here. */
  #until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (value: boolean): void => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve(value);
      };
      const look = (): void => {
        if (condition()) settle(true);
      };
      const timer = setTimeout(settle, timeoutMs, false);
      this.#watchers.add(look);
    });
  }
}
