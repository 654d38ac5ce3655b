import type { Fleet } from '../clients/fleet.js';
import type { ClientResult, FleetCommand, LoopOptions, RequestPart } from '../clients/messages.js';
import { nowMs } from '../clock.js';
import type { Protocol } from '../contract/contract.js';
import type { RecordingEvent } from '../recording/events.js';
import { waitUntil } from '../wait-until.js';
import type { KnownClient } from './known-client.js';
import { MomentMissed } from './moment-missed.js';
import { poll } from './poll.js';
import { type LookAtSocket, ServerEnd } from './server-end.js';

export interface GroupContext {
  readonly run: string;
  readonly fleet: Fleet;
  readonly serverSocket: LookAtSocket;
  /** A look takes time, in which nobody waits for it. Default: false. */
  readonly slowLooks?: boolean;
  readonly protocol: Protocol;
  readonly known: Map<string, KnownClient>;
  readonly add: (event: RecordingEvent) => void;
  readonly paused: Set<string>;
  readonly startMs: number;
  /** The user's interruption. */
  readonly abort: AbortSignal;
}

const interrupted = 'it was interrupted';

/** Undistributed, `Omit` would lose what the single commands take. */
type Doing = FleetCommand extends infer Command
  ? Command extends unknown
    ? Omit<Command, 'run' | 'clients'>
    : never
  : never;

/** Clients that play the same part in a scenario. Every method tells all of them. */
export class ClientGroup {
  readonly ids: readonly string[];
  readonly #context: GroupContext;
  /** Its loop goes on with new connections. */
  #goesOn = false;

  constructor(ids: readonly string[], context: GroupContext) {
    this.ids = ids;
    this.#context = context;
  }

  /** Each client is really being served: one request, one reply. */
  async exchange(timeoutMs = 5000): Promise<void> {
    // Nothing can be exchanged: that a process has accepted the connection is all that can be known.
    if (this.#context.protocol === 'tcp') return this.accepted(timeoutMs);
    this.#demand('each client has exchanged a message', await this.#tell({ do: 'exchange', timeoutMs }));
  }

  /** The same, where a failure is a fact for the judges and not the end of the scenario. */
  async tryExchange(timeoutMs: number): Promise<boolean> {
    const results = await this.#tell({ do: 'exchange', timeoutMs });
    return results.length === this.ids.length && results.every(({ ok }) => ok);
  }

  /** Exchanges in a loop from now on: until the connection ends, or with new connections for ever. */
  async loop({ pauseMs = 20, connection = 'keep' }: Partial<LoopOptions> = {}): Promise<void> {
    this.#goesOn = connection !== 'keep';
    await this.#tell({ do: 'loop', pauseMs, connection });
  }

  /** How many replies these clients (and those that go on for them in a loop) have had. */
  get replies(): number {
    let count = 0;
    for (const [id, { replied }] of this.#context.known) {
      if (this.ids.some((own) => id === own || id.startsWith(`${own}.`))) count += replied;
    }
    return count;
  }

  /** The loop runs: every client has had `each` more replies. */
  async replied(each: number, timeoutMs = 5000): Promise<void> {
    const wanted = this.replies + each * this.ids.length;
    const allEnded = () => !this.#goesOn && this.ids.every((id) => this.#context.known.get(id)?.ended);
    const hopeless = () => {
      if (this.#context.abort.aborted) return interrupted;
      return allEnded() ? 'all connections have ended' : undefined;
    };
    await poll(() => this.replies >= wanted, {
      moment: 'the clients are served in a loop',
      timeoutMs,
      hopeless,
    });
  }

  /** The server has accepted the connections: they belong to a process, and wait in no queue. */
  async accepted(timeoutMs = 2000): Promise<void> {
    await this.#ofAll((end) => end.accepted(timeoutMs));
  }

  /**
   * The kernel keeps all these connections from the server, as a look that begins now shows; it is recorded of each.
   * The look itself is what takes time: on a busy machine looks are seconds apart.
   */
  async withheld(timeoutMs = 10_000): Promise<boolean> {
    const ends = this.ids.map(async (id) => {
      const isWithheld = await this.#serverEnd(id).isWithheld(timeoutMs);
      if (isWithheld) this.#context.add({ type: 'withheld', client: id, atMs: nowMs() });
      return isWithheld;
    });
    return (await Promise.all(ends)).every(Boolean);
  }

  /** Each client finishes the exchange that it is in, and begins no other: none has a request in flight any more. */
  async stopLoop(): Promise<void> {
    await this.#tell({ do: 'stop-loop' });
  }

  /** Writes a request, or half of one, and does not wait for the reply. */
  async request(part: RequestPart = 'whole', path?: string): Promise<void> {
    await this.#tell(path === undefined ? { do: 'request', part } : { do: 'request', part, path });
  }

  async pause(): Promise<void> {
    for (const id of this.ids) this.#context.paused.add(id);
    await this.#tell({ do: 'pause' });
  }

  /** Waits for the replies to the last requests. One that does not come, on a connection that stands, is a fact for the judges. */
  async awaitReplies(timeoutMs: number): Promise<void> {
    await this.#answered(timeoutMs);
    const atMs = nowMs();
    for (const client of this.ids.filter((id) => this.#awaitsReply(id))) {
      const { exchange } = this.#known(client);
      this.#context.add({ type: 'no-reply', client, exchange, waitedMs: timeoutMs, atMs });
    }
  }

  /**
   * Closes when there is nothing more to hear: the last requests are answered, and then each was told, or for
   * `patienceMs` not. Who waits for a reply at the end of `timeoutMs` stays.
   */
  async leaveOnceAnswered({
    timeoutMs,
    patienceMs,
  }: {
    timeoutMs: number;
    patienceMs: number;
  }): Promise<void> {
    if (!(await this.#answered(timeoutMs))) return;
    await this.awaitTold(patienceMs);
    await this.leave('fin');
  }

  /** Stops reading, and writes so many requests without waiting for a reply (RFC 9112 §9.3.2). */
  async pipeline(times: number): Promise<void> {
    await this.pause();
    await this.#tell({ do: 'request', part: 'whole', times });
  }

  /** Stops reading, and writes requests until the server (and the kernel on its behalf) takes no more. */
  async fill(maxBytes: number): Promise<void> {
    for (const id of this.ids) this.#context.paused.add(id);
    await this.#tell({ do: 'fill', maxBytes });
  }

  async leave(how: 'fin' | 'rst', afterMs = 0): Promise<void> {
    await this.#tell({ do: 'leave', how, afterMs });
  }

  /** The server has closed its ends too: for it these clients are gone. False where it has not in time. */
  async closedByServer(timeoutMs: number): Promise<boolean> {
    const closed = await Promise.all(this.#serverEnds().map((end) => end.isClosed(timeoutMs)));
    return closed.every(Boolean);
  }

  /** Each writes a request and resets its connection in the same moment, as when a machine crashes. */
  async vanish(): Promise<void> {
    await this.#tell({ do: 'vanish' });
  }

  /** False when some connection has not ended in time. */
  async awaitEnd(timeoutMs: number): Promise<boolean> {
    return (await this.#tell({ do: 'await-end', timeoutMs })).every(({ ok }) => ok);
  }

  /** True once each was told or has lost its connection. */
  async awaitTold(timeoutMs: number): Promise<boolean> {
    return (await this.#tell({ do: 'await-told', timeoutMs })).every(({ ok }) => ok);
  }

  /** The kernel shows every client's request in the server's receive queue, unread. */
  async queued(timeoutMs = 2000): Promise<void> {
    await this.#seeRequests('request-queued', (end) => end.queued(timeoutMs));
  }

  /** The same, where it is a fact as well that it was not seen. */
  async tryQueued(timeoutMs: number): Promise<boolean> {
    try {
      await this.queued(timeoutMs);
      return true;
    } catch (error) {
      if (error instanceof MomentMissed) return false;
      throw error;
    }
  }

  /**
   * The kernel shows that the server has read every client's request. Resolves with false where the reply came so
   * soon that the request was never seen in the handler.
   */
  async readByServer(timeoutMs = 2000): Promise<boolean> {
    await this.#seeRequests('request-read', (end) => end.read(timeoutMs));
    // Another process reads the replies: what it has seen by now is known here only after it was asked.
    await this.#tell({ do: 'flush' });
    return this.ids.every((id) => {
      const { replied, exchange } = this.#known(id);
      return replied < exchange;
    });
  }

  /** Some client had read the whole reply to its last request by this time. */
  async repliedBefore(atMs: number): Promise<boolean> {
    await this.#tell({ do: 'flush' });
    return this.ids.some((id) => {
      const { replied, exchange, repliedMs } = this.#known(id);
      return replied >= exchange && repliedMs < atMs;
    });
  }

  /** The replies wait for clients that do not read, and the server for them: see `ServerEnd.blocked`. */
  async blocked(timeoutMs = 3000, options: { readsAll?: boolean } = {}): Promise<void> {
    await this.#ofAll((end) => end.blocked(timeoutMs, options));
  }

  /** The server has read what these clients sent, and waits for the rest: see `ServerEnd.waits`. */
  async awaitedByServer(timeoutMs = 2000): Promise<void> {
    await this.#ofAll((end) => end.waits(timeoutMs));
  }

  /** The same, still: for after something whose effect must come after whatever the server would have answered. */
  stillAwaitedByServer(): void {
    for (const end of this.#serverEnds()) end.stillWaits();
  }

  #awaitsReply(id: string): boolean {
    const { replied, exchange, ended } = this.#known(id);
    return replied < exchange && !ended;
  }

  #answered(timeoutMs: number): Promise<boolean> {
    const isOver = () => this.#context.abort.aborted || !this.ids.some((id) => this.#awaitsReply(id));
    return waitUntil(isOver, { timeoutMs, intervalMs: 5 });
  }

  async #seeRequests(
    type: 'request-queued' | 'request-read',
    fact: (end: ServerEnd) => Promise<void>,
  ): Promise<void> {
    await this.#ofAll(async (end, id) => {
      await fact(end);
      this.#context.add({ type, client: id, exchange: this.#known(id).exchange, atMs: nowMs() });
    });
  }

  /** Side by side: one look at the kernel's table serves all of them. */
  async #ofAll(fact: (end: ServerEnd, id: string) => Promise<void>): Promise<void> {
    await Promise.all(this.ids.map((id) => fact(this.#serverEnd(id), id)));
  }

  #serverEnds(): ServerEnd[] {
    return this.ids.map((id) => this.#serverEnd(id));
  }

  #serverEnd(id: string): ServerEnd {
    return new ServerEnd(id, this.#known(id), this.#look, this.#context.slowLooks);
  }

  /** Target and clients are gone after an interruption: whoever waits for a fact of theirs is answered at once. */
  readonly #look: LookAtSocket = (...which) => {
    if (this.#context.abort.aborted) throw new MomentMissed('the connection is looked at', interrupted);
    return this.#context.serverSocket(...which);
  };

  #known(id: string): KnownClient {
    const known = this.#context.known.get(id);
    if (known === undefined) throw new MomentMissed('the client is connected', `${id} is not`);
    return known;
  }

  #tell(doing: Doing): Promise<readonly ClientResult[]> {
    const { fleet, run } = this.#context;
    return fleet.perform({ ...doing, run, clients: this.ids } as FleetCommand);
  }

  #demand(moment: string, results: readonly ClientResult[]): void {
    const failed = results.find(({ ok }) => !ok);
    if (failed) throw new MomentMissed(moment, `${failed.client}: ${failed.reason ?? 'it failed'}`);
  }
}
