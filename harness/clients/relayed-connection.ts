import { connect, type Socket } from 'node:net';
import { nowMs } from '../clock.js';
import type { ClientEvent, EventOf, PeerEvent } from '../recording/events.js';
import type { DriverSink } from './drivers/driver.js';
import { EchoDriver } from './drivers/echo.js';
import { TcpDriver } from './drivers/tcp.js';
import type { RelayOptions } from './messages.js';
import { Requests } from './requests.js';
import { watchStreamEnd } from './stream-end.js';

/**
 * So many exchanges of a connection are recorded, and of the others only the notice and the end: a client that floods
 * would fill the recording with what nobody reads.
 */
export const mostRecorded = 500;

/** How long the server has to accept, in milliseconds; a refusal comes at once. */
const connectTimeoutMs = 3000;

/**
 * One connection of a client process to the real server: two sockets, and what comes out of one goes into the other,
 * bytes, FIN and RST alike. It is recorded twice: as the server has it (`ClientEvent`), and as the client has it.
 */
export class RelayedConnection {
  readonly #id: string;
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #record: (event: ClientEvent | PeerEvent) => void;
  readonly #driver: EchoDriver | TcpDriver;
  readonly #requests = new Requests();
  /** What the bytes that are being passed on mean to the client. */
  #heard: EventOf<'sent'>['what'] | undefined;
  #over = false;
  #connecting: NodeJS.Timeout | undefined;

  constructor(
    id: string,
    process: number,
    client: Socket,
    options: RelayOptions,
    record: (event: ClientEvent | PeerEvent) => void,
  ) {
    this.#id = id;
    this.#client = client;
    this.#record = record;
    this.#driver = this.#driverFor(options);
    record({ type: 'accepted', connection: id, process, atMs: nowMs() });
    // Nothing is read from the client before the server has taken the connection.
    client.pause();
    this.#server = this.#reach(options);
    // A client may reset its connection before the server has taken it.
    this.#watchClient();
  }

  destroy(): void {
    this.#over = true;
    clearTimeout(this.#connecting);
    this.#client.destroy();
    this.#server.destroy();
  }

  #driverFor({ protocol, notice, trimmed }: RelayOptions): EchoDriver | TcpDriver {
    const client = this.#id;
    const note = (event: ClientEvent): void => this.#record(event);
    const sink: DriverSink = {
      replyStarted: (exchange) => {
        if (exchange <= mostRecorded) note({ type: 'reply-started', client, exchange, atMs: nowMs() });
      },
      reply: (exchange, facts) => {
        if (exchange > mostRecorded) return;
        this.#heard = this.#heard === 'notice' ? 'reply-and-notice' : 'reply';
        note({ type: 'reply', client, exchange, ...facts, atMs: nowMs() });
      },
      replyTruncated: (exchange, facts) =>
        note({ type: 'reply-truncated', client, exchange, ...facts, atMs: nowMs() }),
      told: (framed) => {
        this.#heard = this.#heard === 'reply' ? 'reply-and-notice' : 'notice';
        note({ type: 'told', client, framed, atMs: nowMs() });
      },
      unexpected: (text) => note({ type: 'unexpected', client, text, atMs: nowMs() }),
    };
    return protocol === 'tcp'
      ? new TcpDriver(sink, notice)
      : new EchoDriver(sink, { label: client, notice, trimmed });
  }

  #reach({ host, port }: RelayOptions): Socket {
    const of = { client: this.#id, role: 'relayed', instance: 0 } as const;
    const beforeMs = nowMs();
    const server = connect({ host, port, allowHalfOpen: true, noDelay: true });
    this.#connecting = setTimeout(() => failed('ETIMEDOUT'), connectTimeoutMs);
    const failed = (code: string): void => {
      clearTimeout(this.#connecting);
      this.#record({ type: 'connect-failed', ...of, code, beforeMs, atMs: nowMs() });
      // The nearest to a refusal that a connection can get which has been accepted already.
      this.#endClient('rst');
      server.destroy();
    };
    const onError = (error: NodeJS.ErrnoException): void => failed(error.code ?? error.message);
    server.once('error', onError);
    server.once('connect', () => {
      clearTimeout(this.#connecting);
      server.off('error', onError);
      const localPort = server.localPort ?? 0;
      this.#record({ type: 'connected', ...of, localPort, beforeMs, atMs: nowMs() });
      this.#watchServer(server);
      this.#client.resume();
    });
    return server;
  }

  /** From the client to the server. */
  #watchClient(): void {
    this.#client.on('data', (bytes) => {
      const beforeMs = nowMs();
      pass(bytes, this.#client, this.#server);
      const atMs = nowMs();
      for (const { exchange, message } of this.#requests.take(bytes)) {
        if (this.#driver instanceof EchoDriver) this.#driver.expect(exchange, message);
        if (exchange > mostRecorded) continue;
        this.#record({
          type: 'client-request',
          connection: this.#id,
          exchange,
          bytes: message.length,
          atMs: beforeMs,
        });
        this.#record({
          type: 'request',
          client: this.#id,
          exchange,
          bytes: message.length,
          part: 'whole',
          beforeMs,
          atMs,
        });
      }
    });
    const left = (how: 'fin' | 'rst'): void => {
      if (this.#over) return;
      const beforeMs = nowMs();
      this.#record({ type: 'client-left', connection: this.#id, how, atMs: beforeMs });
      if (how === 'fin') this.#server.end();
      else this.#server.resetAndDestroy();
      this.#record({ type: 'left', client: this.#id, how, beforeMs, atMs: nowMs() });
    };
    watchStreamEnd(this.#client, { fin: () => left('fin'), rst: () => left('rst') });
  }

  /** From the server to the client. */
  #watchServer(server: Socket): void {
    server.on('data', (bytes) => {
      this.#heard = undefined;
      this.#driver.receive(bytes);
      const beforeMs = nowMs();
      pass(bytes, server, this.#client);
      if (this.#heard === undefined) return;
      const sent = { connection: this.#id, what: this.#heard, bytes: bytes.length } as const;
      this.#record({ type: 'sent', ...sent, beforeMs, atMs: nowMs() });
    });
    watchStreamEnd(server, {
      fin: () => {
        if (this.#over) return;
        this.#driver.end();
        this.#record({ type: 'fin', client: this.#id, atMs: nowMs() });
        this.#endClient('fin');
      },
      rst: (code) => {
        if (this.#over) return;
        this.#driver.end();
        this.#record({ type: 'rst', client: this.#id, code, atMs: nowMs() });
        this.#endClient('rst');
      },
    });
  }

  #endClient(how: 'fin' | 'rst'): void {
    if (this.#over) return;
    const beforeMs = nowMs();
    if (how === 'fin') this.#client.end();
    else this.#client.resetAndDestroy();
    this.#record({ type: 'server-left', connection: this.#id, how, beforeMs, atMs: nowMs() });
  }
}

/** Passes bytes on, no faster than they are taken. */
function pass(bytes: Buffer, from: Socket, to: Socket): void {
  // Who has reset the connection takes nothing more, as its kernel would not.
  if (!to.writable || to.write(bytes)) return;
  from.pause();
  to.once('drain', () => from.resume());
}
