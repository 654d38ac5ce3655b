import { nowMs } from '../clock.js';
import type { Listener, System, TcpFamily } from '../process/system.js';
import type { Instance } from './instance.js';

/** A look that is older than this may be from before the socket was made: it is not waited for long, in milliseconds. */
const staleMs = 100;

/**
 * Looks for listening sockets of a starting target, often and at little cost. The kernel's table of TCP sockets takes
 * milliseconds to read, whatever is in it: it is read only while the target holds a TCP socket that may be the one.
 */
export class ListeningWatch {
  readonly #instance: Instance;
  readonly #system: System;
  readonly #family: TcpFamily;
  readonly #looksAt = new Map<string, number>();
  #looks = 0;

  constructor(instance: Instance, system: System, family: TcpFamily) {
    this.#instance = instance;
    this.#system = system;
    this.#family = family;
  }

  /** What the tree listens on, as far as it is seen by now. */
  look(): Listener[] {
    this.#looks += 1;
    // Mostly the root itself listens. The whole tree, which takes a look at all processes, is asked now and then.
    const { pid } = this.#instance.launched;
    const pids = this.#looks % 5 === 0 ? this.#instance.members().map((member) => member.pid) : [pid];
    const sockets = this.#system.tcpSockets(pids);
    if (sockets !== undefined && ![...sockets].some((inode) => this.#isWorthIt(inode))) return [];
    const found = this.#system.listeners(pids, this.#family, nowMs() - staleMs);
    return found === 'not-yet' ? [] : found;
  }

  /** A socket is bound and listens soon after it was made, or never: others are connections of the target's own. */
  #isWorthIt(inode: string): boolean {
    const looks = (this.#looksAt.get(inode) ?? 0) + 1;
    this.#looksAt.set(inode, looks);
    return looks <= 5 || looks % 20 === 0;
  }
}
