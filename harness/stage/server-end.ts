import { nowMs } from '../clock.js';
import type { ServerSocket } from '../process/system.js';
import { waitUntil } from '../wait-until.js';
import type { KnownClient } from './known-client.js';
import { MomentMissed } from './moment-missed.js';
import { poll } from './poll.js';

/** A look at the server's end of the connection from a client's port, that began no earlier than `sinceMs`. */
export type LookAtSocket = (clientPort: number, sinceMs: number) => ServerSocket | undefined | 'not-yet';

/** Queues in which nothing moves for so long are those of a server that waits, in milliseconds. */
const stillMs = 100;
/** A server that still reads after so long keeps what it cannot send, in milliseconds. */
const keepsAllMs = 1500;

/**
 * The server's end of one client's connection, as the kernel shows it: the only witness of what a server has read, and
 * of what it cannot get rid of. Each method waits for one fact, and throws `MomentMissed` where it does not come.
 */
export class ServerEnd {
  readonly #id: string;
  readonly #known: KnownClient;
  readonly #lookAt: LookAtSocket;
  readonly #slowLooks: boolean;
  /** When the last look began that has said something. */
  #lookedMs = 0;

  /** `slowLooks`: a look takes time, in which nobody waits for it. Default: false. */
  constructor(id: string, known: KnownClient, lookAt: LookAtSocket, slowLooks = false) {
    this.#slowLooks = slowLooks;
    this.#id = id;
    this.#known = known;
    this.#lookAt = lookAt;
  }

  /** It belongs to a process, and waits in no queue. */
  async accepted(timeoutMs: number): Promise<void> {
    const look = this.#looks();
    await poll(() => look()?.accepted === true, {
      moment: 'the connection is accepted',
      timeoutMs,
      ...this.#unseen(timeoutMs),
      hopeless: this.#hasEnded,
    });
  }

  /** The kernel keeps it from every process: a look that begins now shows the handshake unfinished at this end. */
  async isWithheld(timeoutMs: number): Promise<boolean> {
    const sinceMs = nowMs();
    let seen: ServerSocket | undefined | 'not-yet' = 'not-yet';
    await waitUntil(
      () => {
        seen = this.#lookAt(this.#known.localPort, sinceMs);
        return seen !== 'not-yet';
      },
      { timeoutMs, intervalMs: 2 },
    );
    return typeof seen === 'object' && (seen as ServerSocket).withheld;
  }

  /** The whole last request lies in its receive queue, unread; or it has been answered already. */
  async queued(timeoutMs: number): Promise<void> {
    const moment = 'the request is in the socket buffer of the server';
    await this.#queue(moment, timeoutMs, (unread) => unread >= this.#known.requestBytes);
  }

  /** The last request has been read, or answered already. */
  async read(timeoutMs: number): Promise<void> {
    await this.#queue('the server has read the request', timeoutMs, (unread) => unread === 0);
  }

  /**
   * The server has written what the client does not take, and has stopped reading too; or it goes on reading and keeps
   * it all, which is its own affair: then it is enough that its replies wait. With `readsAll` they need only wait for a
   * moment: the replies are known to be more than the kernel keeps, whatever has been read.
   */
  async blocked(timeoutMs: number, { readsAll = false } = {}): Promise<void> {
    const look = this.#looks();
    const still = new Stillness();
    const fromMs = nowMs();
    let closed = false;
    await poll(
      () => {
        const socket = look();
        if (socket === undefined) return false;
        const stillness = still.at(socket);
        if (socket.unsentBytes === 0) return false;
        // What no process holds any more is the kernel's to deliver, and keeps no server from its end.
        closed = !socket.accepted;
        if (closed) return false;
        // A server that is only slower than the client has unread bytes as well: nothing may move any more.
        const isStill = stillness >= stillMs && (readsAll || socket.unreadBytes > 0);
        return isStill || socket.lookedMs - fromMs >= keepsAllMs;
      },
      {
        moment: 'the replies wait for a client that does not read',
        timeoutMs,
        ...this.#unseen(timeoutMs),
        intervalMs: 5,
        hopeless: () =>
          this.#hasEnded() ?? (closed ? `the server has closed that of ${this.#id}` : undefined),
      },
    );
  }

  /** The server has read all that the client has sent, keeps the connection and says nothing: it waits for more. */
  async waits(timeoutMs: number): Promise<void> {
    const look = this.#looks();
    const still = new Stillness();
    await poll(
      () => {
        const socket = look();
        if (socket === undefined || this.#reaction() !== undefined) return false;
        const stillness = still.at(socket);
        const isQuiet = socket.accepted && socket.unreadBytes === 0 && socket.unsentBytes === 0;
        return isQuiet && stillness >= stillMs;
      },
      {
        moment: 'the server waits for more',
        timeoutMs,
        ...this.#unseen(timeoutMs),
        intervalMs: 5,
        hopeless: () => this.#reaction(),
      },
    );
  }

  /** @throws MomentMissed where the server that was seen waiting has done something since */
  stillWaits(): void {
    const reaction = this.#reaction();
    if (reaction !== undefined) throw new MomentMissed('the server still waits for more', reaction);
  }

  /** The server has closed its end too. False where it has not in time. */
  async isClosed(timeoutMs: number): Promise<boolean> {
    const sinceMs = nowMs();
    const isGone = () => this.#lookAt(this.#known.localPort, sinceMs) === undefined;
    return waitUntil(isGone, { timeoutMs, intervalMs: 5 });
  }

  async #queue(moment: string, timeoutMs: number, holds: (unreadBytes: number) => boolean): Promise<void> {
    const look = this.#looks();
    const known = this.#known;
    await poll(
      () => {
        const socket = look();
        return known.replied >= known.exchange || (socket !== undefined && holds(socket.unreadBytes));
      },
      { moment, timeoutMs, ...this.#unseen(timeoutMs), intervalMs: 1, hopeless: this.#hasEnded },
    );
  }

  /** No look is older than this call: what was to be seen before a request was written says nothing about it. */
  #looks(): () => ServerSocket | undefined {
    const sinceMs = nowMs();
    return () => {
      const socket = this.#lookAt(this.#known.localPort, sinceMs);
      if (socket === 'not-yet') return undefined;
      this.#lookedMs = socket?.lookedMs ?? nowMs();
      return socket;
    };
  }

  /** No look has begun after the time in which the fact was to be seen. */
  #unseen(timeoutMs: number): { unseen?: () => boolean } {
    const untilMs = nowMs() + timeoutMs;
    return this.#slowLooks ? { unseen: () => this.#lookedMs < untilMs } : {};
  }

  readonly #hasEnded = (): string | undefined =>
    this.#known.ended ? `the connection of ${this.#id} has ended` : undefined;

  #reaction(): string | undefined {
    const { answered, replied, exchange } = this.#known;
    const isAnswered = exchange > 0 && Math.max(answered, replied) >= exchange;
    return isAnswered ? `${this.#id} was answered` : this.#hasEnded();
  }
}

/** For how long two queues have looked the same. */
class Stillness {
  #queues = '';
  #sinceMs = 0;

  at({ unreadBytes, unsentBytes, lookedMs }: ServerSocket): number {
    const now = `${unreadBytes} ${unsentBytes}`;
    if (now !== this.#queues) this.#sinceMs = lookedMs;
    this.#queues = now;
    return lookedMs - this.#sinceMs;
  }
}
