import type { ConnectOptions } from '../clients/messages.js';
import type { Contract } from '../contract/contract.js';
import type { ClientRole } from '../recording/events.js';
import type { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { Address, Surveyed } from '../survey/surveyed.js';
import { ClientGroup, type GroupContext } from './client-group.js';
import { type KnownClient, learn } from './known-client.js';
import { lookAtServer } from './look-at-server.js';
import { MomentMissed } from './moment-missed.js';

/** How long a connection may take on this machine before it counts as failed, in milliseconds. */
const connectTimeoutMs = 3000;

/** How long a server has to notice that the canary has gone, in milliseconds. */
const canaryForgottenWithinMs = 250;

export interface ClientsOptions {
  readonly session: Session;
  readonly recorder: Recorder;
  /** Unique among all plays, so that a replay does not meet the clients of the first. */
  readonly run: string;
  readonly contract: Contract;
  readonly survey: Surveyed;
  readonly address: Address;
  /** Connected clients per run. */
  readonly count: number;
}

/** The clients of one run. */
export class Clients {
  readonly count: number;
  readonly #options: ClientsOptions;
  readonly #known = new Map<string, KnownClient>();
  readonly #paused = new Set<string>();
  readonly #numbers = new Map<ClientRole, number>();
  readonly #all: string[] = [];
  readonly #stopListening: () => void;
  #canary: ClientGroup | undefined;

  constructor(options: ClientsOptions) {
    this.#options = options;
    this.count = options.count;
    const { session, recorder, run } = options;
    this.#stopListening = session.fleet.listen(run, (event) => {
      if ('client' in event) learn(this.#known, event);
      recorder.add(event);
    });
  }

  /** False where the protocol has no clients at all. */
  get possible(): boolean {
    return this.#options.contract.protocol !== 'none';
  }

  /** How long a reply of this target is, by those that have been read; 0 where none has. */
  get replyBytes(): number {
    return Math.max(0, ...[...this.#known.values()].map(({ replyBytes }) => replyBytes));
  }

  /**
   * Connects clients of one role.
   *
   * @throws MomentMissed when one of them cannot connect
   */
  async connect(
    role: ClientRole,
    { count = this.count, leaveWhenTold = false, instance = 0 } = {},
  ): Promise<ClientGroup> {
    const { group, failed } = await this.tryConnect(role, { count, leaveWhenTold, instance });
    if (failed !== undefined) throw new MomentMissed('the clients are connected', failed);
    return group;
  }

  /** The same, where a refused connection is a fact for the judges. */
  async tryConnect(
    role: ClientRole,
    { count = this.count, leaveWhenTold = false, instance = 0, timeoutMs = connectTimeoutMs } = {},
  ): Promise<{ group: ClientGroup; failed: string | undefined }> {
    const ids = Array.from({ length: count }, () => this.#newId(role));
    const { session, run } = this.#options;
    const options = this.#connectOptions(role, leaveWhenTold, instance);
    const results = await session.fleet.perform({ do: 'connect', run, clients: ids, options, timeoutMs });
    this.#all.push(...ids);
    const failed = results.find(({ ok }) => !ok);
    const group = new ClientGroup(ids, this.#groupContext());
    if (role === 'canary' && failed === undefined) this.#canary = group;
    return { group, failed: failed && `${failed.client}: ${failed.reason ?? 'it failed'}` };
  }

  /**
   * The server has closed its end of the canary's connection too: then nobody is connected. Some servers never do, and
   * keep their half of it; they are not waited for.
   */
  async canaryForgotten(): Promise<void> {
    const { address, session } = this.#options;
    // Where the system does not show it, nobody can wait for it.
    if (address.socket !== undefined && session.system.whyNoUnixSockets() !== undefined) return;
    await this.#canary?.closedByServer(canaryForgottenWithinMs);
  }

  /** After the target's end: everybody reads what is left, and sees the end of its connection. */
  async settle(): Promise<void> {
    const { session, run } = this.#options;
    const paused = [...this.#paused];
    if (paused.length > 0) await session.fleet.perform({ do: 'resume', run, clients: paused });
    const open = this.#all.filter((id) => this.#known.get(id)?.ended === false);
    if (open.length > 0)
      await session.fleet.perform({ do: 'await-end', run, clients: open, timeoutMs: 1000 });
  }

  /** Ends all connections; everything that was seen has been recorded. */
  async release(): Promise<void> {
    await this.#options.session.fleet.perform({ do: 'release', run: this.#options.run, clients: [] });
    this.#stopListening();
  }

  #newId(role: ClientRole): string {
    const number = (this.#numbers.get(role) ?? 0) + 1;
    this.#numbers.set(role, number);
    return `${role}-${number}`;
  }

  #connectOptions(role: ClientRole, leaveWhenTold: boolean, instance: number): ConnectOptions {
    const { contract, address, survey, session } = this.#options;
    if (contract.protocol === 'none')
      throw new MomentMissed('the clients are connected', 'the protocol is `none`');
    return {
      role,
      instance,
      host: address.host,
      port: address.port,
      socket: address.socket,
      protocol: contract.protocol,
      notice: contract.notice,
      trimmed: survey.trimmed,
      path: session.target.path,
      leaveWhenTold,
    };
  }

  #groupContext(): GroupContext {
    const { session, recorder, run, address } = this.#options;
    return {
      run,
      fleet: session.fleet,
      serverSocket: lookAtServer(session.system, address),
      slowLooks: address.socket !== undefined,
      abort: session.abort,
      protocol: this.#options.contract.protocol,
      known: this.#known,
      paused: this.#paused,
      add: (event) => recorder.add(event),
      startMs: recorder.startMs,
    };
  }
}
