import { type Fleet, type StartedFleet, startFleet } from '../clients/fleet.js';
import type { Lag } from '../lag.js';
import { cookieName } from '../process/cookie.js';
import { readTcpRows, type TcpRow } from '../process/net-tcp.js';
import type { Living, Session } from '../session.js';
import { enterWords, type NamespaceKind, namespaceWords } from './namespace-words.js';

/** How the namespaces of this machine are made and entered. */
export interface NamespaceTools extends NamespaceKind {
  /** The file of nsenter(1). */
  readonly nsenter: string;
}

/**
 * A network namespace: a loopback interface of its own, on which every port is free. The clients in it are a fleet of
 * their own, and that process is what keeps it: when the fleet goes (with the harness, however that goes), and the
 * targets that have entered, it is no more.
 */
export class Namespace implements Living {
  readonly lags: Lag[] = [];
  /** What stands before the command of a target. */
  readonly words: readonly string[];
  /** Where its sockets are shown. */
  readonly network: string;
  readonly #fleet: StartedFleet;
  readonly #session: Session;

  /** @throws Error where none can be made, with the reason */
  static async make(session: Session, tools: NamespaceTools): Promise<Namespace> {
    if (session.abort.aborted) throw new Error('it was interrupted');
    const made = new Namespace(session, tools);
    try {
      await made.#fleet.started;
      return made;
    } catch (error) {
      await made.end();
      throw error;
    }
  }

  private constructor(session: Session, tools: NamespaceTools) {
    this.#session = session;
    this.#fleet = startFleet({
      onLag: ({ atMs, lagMs }) => this.lags.push({ atMs, lagMs }),
      env: { [cookieName]: `${session.id}/fleet` },
      within: (command) => namespaceWords(tools, command),
    });
    this.words = enterWords(tools.nsenter, tools, this.#fleet.pid);
    this.network = `/proc/${this.#fleet.pid}/net`;
    session.live.add(this);
  }

  get fleet(): Fleet {
    return this.#fleet;
  }

  sample(): void {}

  /** Whoever has entered has been ended; with its fleet the namespace goes. */
  async end(): Promise<void> {
    this.#session.live.delete(this);
    await this.#fleet.stop();
  }

  /**
   * Takes away what connections have left, and resolves with whether it is as new. Mostly that is TIME_WAIT: where a
   * server closes first, nobody could bind its port for a minute.
   */
  async clear(port: number): Promise<boolean> {
    const isAsNew = () => leavesNothing(readTcpRows('both', this.network), port);
    if (!isAsNew()) await this.#fleet.perform({ do: 'forget', run: '', clients: [] });
    return isAsNew();
  }
}

/** Pure: only clients' ends of old connections are left, whose ports no server asks for. */
export function leavesNothing(rows: readonly TcpRow[], port: number): boolean {
  return rows.every(({ localPort, remotePort }) => remotePort === port && localPort !== port);
}
