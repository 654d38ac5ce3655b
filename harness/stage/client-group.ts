import type { Fleet } from '../clients/fleet.js';
import type { ClientResult, FleetCommand, LoopOptions, RequestPart } from '../clients/messages.js';
import { nowMs } from '../clock.js';
import type { Protocol } from '../contract/contract.js';
import type { ServerSocket } from '../process/system.js';
import type { ClientEvent, RecordingEvent } from '../recording/events.js';
import { waitUntil } from '../wait-until.js';
import { MomentMissed } from './moment-missed.js';
import { poll } from './poll.js';

/** What the harness knows of one connection from the events of the fleet. */
export interface KnownClient {
  localPort: number;
  /** Bytes of the last request. */
  requestBytes: number;
  exchange: number;
  replied: number;
  ended: boolean;
  told: boolean;
}

export interface GroupContext {
  readonly run: string;
  readonly fleet: Fleet;
  /** The server's end of a client's connection, as the kernel shows it. */
  readonly serverSocket: (clientPort: number, sinceMs: number) => ServerSocket | undefined | 'not-yet';
  readonly protocol: Protocol;
  readonly known: Map<string, KnownClient>;
  readonly add: (event: RecordingEvent) => void;
  readonly paused: Set<string>;
  readonly startMs: number;
}

/** Queues in which nothing moves for so long are those of a server that waits, in milliseconds. */
const stillMs = 100;
/** A server that still reads after so long keeps what it cannot send, in milliseconds. */
const keepsAllMs = 1500;

function seen(socket: ServerSocket | undefined | 'not-yet'): ServerSocket | undefined {
  return socket === 'not-yet' ? undefined : socket;
}

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
    const hopeless = () => (allEnded() ? 'all connections have ended' : undefined);
    await poll(() => this.replies >= wanted, {
      moment: 'the clients are served in a loop',
      timeoutMs,
      hopeless,
    });
  }

  /** The server has accepted the connections: they belong to a process, and wait in no queue. */
  async accepted(timeoutMs = 2000): Promise<void> {
    const sinceMs = nowMs();
    for (const id of this.ids) {
      const known = this.#known(id);
      const look = this.#socketOf(known, sinceMs);
      await poll(() => seen(look())?.accepted === true, {
        moment: 'the connection is accepted',
        timeoutMs,
        hopeless: () => (known.ended ? `the connection of ${id} has ended` : undefined),
      });
    }
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
    const looks = this.ids.map((id) => this.#socketOf(this.#known(id)));
    return waitUntil(() => looks.every((look) => look() === undefined), { timeoutMs, intervalMs: 5 });
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
  async queued(): Promise<void> {
    await this.#seeQueues(
      'request-queued',
      'the request is in the socket buffer of the server',
      (unread, bytes) => unread >= bytes,
    );
  }

  /**
   * The kernel shows that the server has read every client's request. Resolves with false where the reply came so
   * soon that the request was never seen in the handler.
   */
  async readByServer(timeoutMs = 2000): Promise<boolean> {
    await this.#seeQueues(
      'request-read',
      'the server has read the request',
      (unread) => unread === 0,
      timeoutMs,
    );
    return this.ids.every((id) => {
      const known = this.#context.known.get(id);
      return known !== undefined && known.replied < known.exchange;
    });
  }

  /**
   * The server has written what the client does not take, and has stopped reading too; or it goes on reading and
   * keeps it all, which is its own affair: then it is enough that its replies wait.
   */
  async blocked(timeoutMs = 3000): Promise<void> {
    for (const id of this.ids) {
      const known = this.#known(id);
      const look = this.#socketOf(known);
      const fromMs = nowMs();
      let queues = '';
      let sinceMs = fromMs;
      await poll(
        () => {
          const socket = look();
          if (socket === 'not-yet' || socket === undefined || socket.unsentBytes === 0) return false;
          // A server that is only slower than the client has unread bytes as well: nothing may move any more.
          const now = `${socket.unreadBytes} ${socket.unsentBytes}`;
          if (now !== queues) sinceMs = socket.lookedMs;
          queues = now;
          const isStill = socket.unreadBytes > 0 && socket.lookedMs - sinceMs >= stillMs;
          return isStill || socket.lookedMs - fromMs >= keepsAllMs;
        },
        {
          moment: 'the replies wait for a client that does not read',
          timeoutMs,
          intervalMs: 5,
          hopeless: () => (known.ended ? `the connection of ${id} has ended` : undefined),
        },
      );
    }
  }

  async #seeQueues(
    type: 'request-queued' | 'request-read',
    moment: string,
    holds: (unreadBytes: number, requestBytes: number) => boolean,
    timeoutMs = 2000,
  ): Promise<void> {
    const { add } = this.#context;
    const sinceMs = nowMs();
    for (const id of this.ids) {
      const known = this.#known(id);
      const look = this.#socketOf(known, sinceMs);
      await poll(
        () => {
          const socket = seen(look());
          if (known.replied >= known.exchange) return true;
          return socket !== undefined && holds(socket.unreadBytes, known.requestBytes);
        },
        {
          moment,
          timeoutMs,
          intervalMs: 1,
          hopeless: () => (known.ended ? `the connection of ${id} has ended` : undefined),
        },
      );
      add({ type, client: id, exchange: known.exchange, atMs: nowMs() });
    }
  }

  /**
   * Looks at the server's end of a connection. No look is older than `sinceMs` (default: this call): what was to be seen
   * before a request was written says nothing about it.
   */
  #socketOf({ localPort }: KnownClient, sinceMs = nowMs()): () => ServerSocket | undefined | 'not-yet' {
    return () => this.#context.serverSocket(localPort, sinceMs);
  }

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

/** Keeps what groups need to know up to date with an event of the fleet. */
export function learn(known: Map<string, KnownClient>, event: ClientEvent): void {
  const client = known.get(event.client) ?? {
    localPort: 0,
    requestBytes: 0,
    exchange: 0,
    replied: 0,
    ended: false,
    told: false,
  };
  known.set(event.client, client);
  if (event.type === 'connected') client.localPort = event.localPort;
  else if (event.type === 'request') {
    client.exchange = event.exchange;
    client.requestBytes = event.bytes;
  } else if (event.type === 'reply') client.replied = event.exchange;
  else if (event.type === 'told') client.told = true;
  else if (event.type === 'fin' || event.type === 'rst' || event.type === 'left') client.ended = true;
}
