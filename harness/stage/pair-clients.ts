import { mostConnections } from '../clients/relay.js';
import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import type { TargetSettings } from '../options/settings.js';
import { firstClient } from '../recording/events.js';
import type { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import { familyOf } from '../survey/address.js';
import type { Address, Surveyed } from '../survey/surveyed.js';
import { Instance } from '../target/instance.js';
import { ClientGroup } from './client-group.js';
import { type KnownClient, learn } from './known-client.js';
import { MomentMissed } from './moment-missed.js';
import { poll } from './poll.js';

/** More requests than this without a reply are a flood. */
const floodsAfter = 100;

/** A request that was written to a frozen server lies in its queue by then; one that does not had been read before. */
const seenQueuedMs = 500;

/** After a client should have ended, this much longer is waited, so that a report can say how late it was. */
const patienceMs = 1500;

export interface PairClientsOptions {
  readonly session: Session;
  readonly recorder: Recorder;
  readonly key: string;
  readonly survey: Surveyed;
  readonly address: Address;
  /** The client's command. */
  readonly client: TargetSettings;
}

/** The processes of a pair's client. Each reaches the server through a relay of its own, so that it is known whose connection is whose. */
export class PairClients {
  readonly #options: PairClientsOptions;
  readonly #run: string;
  readonly #instances: Instance[] = [];
  readonly #known = new Map<string, KnownClient>();
  readonly #stopListening: () => void;
  #mostUnanswered = 0;
  /** Connections that each process has made. */
  readonly #connections = new Map<number, string[]>();

  constructor(options: PairClientsOptions) {
    this.#options = options;
    const { session, recorder, key } = options;
    this.#run = `${key}~relay`;
    this.#stopListening = session.fleet.listen(this.#run, (event) => {
      if ('client' in event) {
        learn(this.#known, event);
        const { exchange, replied } = this.#known.get(event.client) ?? { exchange: 0, replied: 0 };
        this.#mostUnanswered = Math.max(this.#mostUnanswered, exchange - replied);
      }
      if (event.type === 'accepted') {
        const { process, connection } = event;
        const all = [...(this.#connections.get(process) ?? []), connection];
        this.#connections.set(process, all);
        if (all.length === mostConnections)
          recorder.add({
            type: 'moment',
            moment: `client ${process + 1} makes more and more connections: ${mostConnections} of them are in the recording`,
            atMs: nowMs(),
          });
      }
      recorder.add(event);
    });
  }

  /** It goes on sending and does not wait for replies: nothing between the two can be timed then. */
  get floods(): boolean {
    return this.#mostUnanswered > floodsAfter;
  }

  /** Some process of the client has ended. */
  get hasEnded(): boolean {
    return this.#instances.some(({ exit }) => exit !== undefined);
  }

  /** False where a process of the client ends within so many milliseconds. */
  async goOn(durationMs: number): Promise<boolean> {
    const untilMs = nowMs() + durationMs;
    await Promise.all(this.#instances.map((instance) => instance.awaitGone(untilMs)));
    return !this.hasEnded;
  }

  /** The last lines of the first client. */
  lastLines(count: number): string[] {
    return this.#instances[0]?.output.lastLines(count) ?? [];
  }

  /** Starts so many more processes of the client. */
  async start(count: number): Promise<void> {
    const { session } = this.#options;
    const first = this.#instances.length;
    const numbers = Array.from({ length: count }, (_, index) => first + index);
    const starts = numbers.map((number) => session.starting(() => this.#startOne(number)));
    // One that is still being started when another could not be would outlive the end of the run.
    const failed = (await Promise.allSettled(starts)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  /**
   * Every process has had so many more replies through its connections. Of a protocol that is not understood it can
   * only be known that it is connected.
   */
  async served(replies: number, timeoutMs: number, whom: 'all' | 'the others' = 'all'): Promise<void> {
    const before = this.#instances.map((_, process) => this.#replies(process));
    const meant = this.#instances.map((_, process) => process).slice(whom === 'all' ? 0 : 1);
    const understood = this.#options.survey.contract.protocol === 'echo';
    await poll(
      () =>
        meant.every((process) =>
          understood
            ? this.#replies(process) >= (before[process] ?? 0) + replies
            : this.#connectionsOf(process).some((id) => (this.#known.get(id)?.localPort ?? 0) > 0),
        ),
      { moment: 'every client has been served', timeoutMs, hopeless: () => this.#whyNot(meant) },
    );
  }

  /**
   * The kernel shows a request of some client in the receive queue of the server, which is frozen. False where the server
   * had read what every client waits for: then nothing more comes until it goes on.
   */
  async aRequestIsQueued(timeoutMs: number): Promise<boolean> {
    const all = this.#instances.map((_, process) => process);
    const isRead = new Set<string>();
    const untilMs = nowMs() + timeoutMs;
    while (true) {
      const waits = (process: number) => this.#waiting(process).length > 0;
      const unseen = () => all.flatMap((process) => this.#waiting(process)).find((id) => !isRead.has(id));
      const isOver = () => unseen() !== undefined || all.every(waits);
      await poll(isOver, {
        moment: 'a client has written a request',
        timeoutMs: untilMs - nowMs(),
        hopeless: () => this.#whyNot(all),
      });
      const id = unseen();
      if (id === undefined) return false;
      if (await this.#group([id]).tryQueued(seenQueuedMs)) return true;
      isRead.add(id);
    }
  }

  /** Connections of a process that wait for a reply. */
  #waiting(process: number): string[] {
    return this.#connectionsOf(process).filter((id) => {
      const known = this.#known.get(id);
      return known !== undefined && known.exchange > known.replied && !known.ended;
    });
  }

  /** The first process of the client has written a request that is not answered. */
  async firstAwaitsReply(timeoutMs: number): Promise<void> {
    await poll(() => this.#waiting(0).length > 0, {
      moment: 'the client waits for a reply',
      timeoutMs,
      hopeless: () => this.#whyNot([0]),
    });
  }

  /** How many processes there are beside the first. */
  get others(): number {
    return Math.max(0, this.#instances.length - 1);
  }

  /** Sends a signal to the first process of the client. */
  send(signal: SignalName): void {
    this.#instances[0]?.send(signal);
  }

  /** The relays refuse new connections from now on, as the server does that has gone. */
  async refuse(): Promise<void> {
    const { fleet } = this.#options.session;
    await fleet.perform({ do: 'refuse', run: this.#run, clients: [] });
  }

  /** Waits for the end of the clients that are to end; the others live on, and are ended by the harness. */
  async ends(only?: 'the first'): Promise<void> {
    const { deadlineMs, toleranceMs, afterNotice } = this.#options.survey.contract;
    const reconnects = afterNotice === 'reconnect' && only === undefined;
    const untilMs = nowMs() + (reconnects ? patienceMs : deadlineMs + toleranceMs + patienceMs);
    const awaited = only === undefined ? this.#instances : this.#instances.slice(0, 1);
    await Promise.all(
      awaited.map(async (instance) => {
        if (await instance.awaitGone(untilMs)) return;
        await instance.end(reconnects ? 'it lives on, as it should' : 'it did not end');
      }),
    );
  }

  /** Ends all processes of the client: what happens to the server from now on does not happen to them. */
  async over(): Promise<void> {
    await Promise.all(this.#instances.map((instance) => instance.end('the run was over')));
  }

  async close(): Promise<void> {
    const { fleet } = this.#options.session;
    await Promise.all(this.#instances.map((instance) => instance.end()));
    // The place of one that could not be started is empty.
    for (const instance of this.#instances.filter(Boolean)) await instance.finish();
    await fleet.perform({ do: 'release', run: this.#run, clients: [] });
    this.#stopListening();
  }

  async #startOne(number: number): Promise<void> {
    const { session, recorder, key, survey, address, client } = this.#options;
    const { protocol, notice } = survey.contract;
    const options = {
      ...address,
      protocol: protocol === 'tcp' ? ('tcp' as const) : ('echo' as const),
      notice,
      trimmed: survey.trimmed,
    };
    const command = { do: 'relay' as const, run: this.#run, clients: [], process: number, options };
    const [relay] = await session.fleet.perform(command);
    if (relay?.port === undefined) throw new MomentMissed('the relay listens', 'the fleet has ended');
    try {
      this.#instances[number] = await Instance.start({
        session,
        recorder,
        runId: key,
        number: firstClient + number,
        target: client,
        host: '127.0.0.1',
        port: relay.port,
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new MomentMissed('the client is started', reason);
    }
  }

  #connectionsOf(process: number): readonly string[] {
    return this.#connections.get(process) ?? [];
  }

  #replies(process: number): number {
    return this.#connectionsOf(process).reduce((sum, id) => sum + (this.#known.get(id)?.replied ?? 0), 0);
  }

  #whyNot(processes: readonly number[]): string | undefined {
    const ended = processes.flatMap((process) => this.#instances[process] ?? []).find(({ exit }) => exit);
    if (ended?.exit === undefined) return undefined;
    const how = ended.exit.signal ?? `status ${ended.exit.code}`;
    return `client ${ended.number - firstClient + 1} ended (${how})`;
  }

  #group(ids: readonly string[]): ClientGroup {
    const { session, recorder, survey, address } = this.#options;
    return new ClientGroup(ids, {
      run: this.#run,
      fleet: session.fleet,
      serverSocket: (clientPort, sinceMs) =>
        session.system.serverSocket(address.port, clientPort, familyOf(address.host), sinceMs),
      protocol: survey.contract.protocol,
      known: this.#known,
      paused: new Set(),
      add: (event) => recorder.add(event),
      startMs: recorder.startMs,
      abort: session.abort,
    });
  }
}
