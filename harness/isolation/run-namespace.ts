import type { Fleet } from '../clients/fleet.js';
import { linuxAt } from '../process/linux.js';
import type { ClientEvent, PeerEvent } from '../recording/events.js';
import type { Session, Surroundings } from '../session.js';
import type { Namespace } from './namespace.js';
import type { NamespacePool } from './namespace-pool.js';

type OnEvent = (event: ClientEvent | PeerEvent) => void;

/**
 * The session of one run that is played in a network namespace: its targets are started there, its clients are the
 * fleet of that namespace, and the sockets that it sees are those in it. It has a namespace from its first start on, so
 * that one is made in the turn of a start; before, there is nobody to connect to and nothing to see.
 */
export class RunNamespace implements Surroundings {
  readonly session: Session;
  /** Why it has no namespace. */
  problem: string | undefined;
  readonly #pool: NamespacePool;
  readonly #listeners = new Map<string, OnEvent>();
  #namespace: Namespace | undefined;
  #taken: Promise<readonly string[]> | undefined;

  constructor(outer: Session, pool: NamespacePool) {
    this.#pool = pool;
    const fleetLags = () => this.#namespace?.lags ?? [];
    this.session = {
      ...outer,
      fleet: this.#lateFleet(),
      system: linuxAt(() => this.#namespace?.network ?? '/proc/none/net'),
      lags: {
        harness: outer.lags.harness,
        get fleet() {
          return fleetLags();
        },
      },
      surroundings: this,
    };
  }

  enter(): Promise<readonly string[]> {
    this.#taken ??= this.#take();
    return this.#taken;
  }

  /** The run is over, and all that it has started has been ended. */
  async leave(): Promise<void> {
    const namespace = this.#namespace;
    if (namespace !== undefined) await this.#pool.giveBack(namespace);
  }

  async #take(): Promise<readonly string[]> {
    try {
      const namespace = await this.#pool.take();
      for (const run of this.#listeners.keys()) this.#listenIn(namespace, run);
      this.#namespace = namespace;
      return namespace.words;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      throw new Error(`its network namespace could not be made: ${this.problem}`);
    }
  }

  #listenIn(namespace: Namespace, run: string): void {
    namespace.fleet.listen(run, (event) => this.#listeners.get(run)?.(event));
  }

  /** Whoever listens does so before there is a fleet. */
  #lateFleet(): Fleet {
    const fleet = () => this.#namespace?.fleet;
    return {
      get pid() {
        return fleet()?.pid ?? 0;
      },
      // Nobody has been connected where no target was started.
      perform: async (command) => fleet()?.perform(command) ?? [],
      listen: (run, onEvent) => {
        this.#listeners.set(run, onEvent);
        if (this.#namespace) this.#listenIn(this.#namespace, run);
        return () => this.#listeners.delete(run);
      },
      // It goes with its namespace.
      stop: async () => {},
    };
  }
}
