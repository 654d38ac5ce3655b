import { connect, type Socket } from 'node:net';
import { nowMs } from '../clock.js';
import type { ClientEvent } from '../recording/events.js';
import type { Driver } from './drivers/driver.js';
import { createDriver } from './drivers/index.js';
import type { ClientResult, ConnectOptions, RequestPart } from './messages.js';
import { watchStreamEnd } from './stream-end.js';

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
    const { host, port, role, instance } = this.options;
    // Half open: the FIN of the server is a fact of its own, and this client answers it after recording it.
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
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
        this.#event({ type: 'connected', role, instance, localPort: socket.localPort ?? 0, beforeMs });
        this.#attach(socket);
        resolve({ client: this.id, ok: true });
      });
    });
  }

  /** Writes one request or half of one; its number. */
  request(part: RequestPart, path?: string): number {
    const beforeMs = nowMs();
    this.#exchange += 1;
    const bytes = this.#driver.request(this.#exchange, part, path);
    if (this.#state === 'open') this.#socket?.write(bytes);
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
    const done = await this.#until(() => this.#lastReply >= number || this.ended, timeoutMs);
    if (this.#lastReply >= number) return { client: this.id, ok: true };
    if (!done) this.#event({ type: 'no-reply', exchange: number, waitedMs: timeoutMs });
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
        const before = this.#socket?.bytesWritten ?? 0;
        this.request('bulk');
        written += (this.#socket?.bytesWritten ?? 0) - before || 1;
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
    if (how === 'rst') this.#socket?.resetAndDestroy();
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

  #attach(socket: Socket): void {
    socket.on('data', (bytes) => {
      if (this.#left) return;
      this.#driver.receive(bytes);
      this.#notify();
    });
    watchStreamEnd(socket, {
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
    });
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
