import { nowMs } from '../clock.js';
import type { PlayedFact } from '../played/messages.js';
import type { PeerEvent } from '../recording/events.js';
import { MomentMissed } from './moment-missed.js';

/** What is known of one connection of the client. */
export interface Peer {
  readonly id: string;
  readonly clientPort: number;
  requests: number;
  replies: number;
  /** When it was last written to, on CLOCK_MONOTONIC, before the call. */
  sentMs: number;
  lastRequestMs: number;
  /** It was sent the notice, or a part of it. */
  told: boolean;
  clientLeft: boolean;
  serverLeft: boolean;
}

/** What the played server has seen and done so far in one run. Whoever waits for a fact is woken at each. */
export class Peers {
  readonly all: Peer[] = [];
  tooMuch: string | undefined;
  /** What it speaks where that is not echo. */
  otherProtocol: string | undefined;
  /** The longest time from a reply to the next request. */
  longestPauseMs = 0;
  readonly #ports = new Map<string, number>();
  readonly #watchers = new Set<() => void>();
  readonly #abort: AbortSignal | undefined;

  /** After `abort` nothing more is seen: whoever waits is told so when he is woken, as by the end of the client. Default: never. */
  constructor(abort?: AbortSignal) {
    this.#abort = abort;
  }

  get open(): Peer[] {
    return this.all.filter(({ clientLeft, serverLeft }) => !clientLeft && !serverLeft);
  }
  /** Those that were told, and are open all the same. */
  get toldOpen(): Peer[] {
    return this.open.filter(({ told }) => told);
  }
  get requests(): number {
    return this.all.reduce((sum, { requests }) => sum + requests, 0);
  }
  get replies(): number {
    return this.all.reduce((sum, { replies }) => sum + replies, 0);
  }
  /** When the last request came; undefined before the first. */
  get lastRequestMs(): number | undefined {
    return this.requests === 0 ? undefined : Math.max(...this.all.map(({ lastRequestMs }) => lastRequestMs));
  }

  see(what: PeerEvent | PlayedFact): void {
    if ('type' in what) this.#happened(what);
    else if (what.fact === 'peer') this.#ports.set(what.connection, what.clientPort);
    else if (what.fact === 'too-much') this.tooMuch = what.sentence;
    else if (what.fact === 'other') this.otherProtocol = what.protocol;
    this.wake();
  }

  /** Something else has happened that a condition may depend on. */
  wake(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /**
   * True as soon as `condition` holds, false at `untilMs` (CLOCK_MONOTONIC).
   *
   * @throws MomentMissed where everything was interrupted
   */
  async until(condition: () => boolean, untilMs: number): Promise<boolean> {
    this.#ifInterrupted();
    if (condition()) return true;
    const seen = await new Promise<boolean>((resolve) => {
      const settle = (value: boolean): void => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve(value);
      };
      const look = (): void => {
        if (this.#abort?.aborted || condition()) settle(true);
      };
      const timer = setTimeout(() => settle(condition()), Math.max(0, Math.ceil(untilMs - nowMs())));
      this.#watchers.add(look);
    });
    this.#ifInterrupted();
    return seen;
  }

  #ifInterrupted(): void {
    if (this.#abort?.aborted) throw new MomentMissed('the client is waited for', 'it was interrupted');
  }

  #happened(event: PeerEvent): void {
    if (event.type === 'accepted') {
      this.all.push({
        id: event.connection,
        clientPort: this.#ports.get(event.connection) ?? 0,
        requests: 0,
        replies: 0,
        sentMs: event.atMs,
        lastRequestMs: event.atMs,
        told: false,
        clientLeft: false,
        serverLeft: false,
      });
      return;
    }
    const peer = this.all.find(({ id }) => id === event.connection);
    if (peer === undefined) return;
    switch (event.type) {
      case 'client-request':
        if (peer.replies > 0 && peer.sentMs > peer.lastRequestMs)
          this.longestPauseMs = Math.max(this.longestPauseMs, event.atMs - peer.sentMs);
        peer.requests += 1;
        peer.lastRequestMs = event.atMs;
        return;
      case 'sent':
        if (event.what === 'reply' || event.what === 'reply-and-notice') peer.replies += 1;
        if (event.what !== 'reply') peer.told = true;
        peer.sentMs = event.beforeMs;
        return;
      case 'client-left':
        peer.clientLeft = true;
        return;
      case 'server-left':
        peer.serverLeft = true;
    }
  }
}
