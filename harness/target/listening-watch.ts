import { nowMs } from '../clock.js';
import type { Listener, System, TcpFamily } from '../process/system.js';
import type { Instance } from './instance.js';

/** The whole tree, which takes a look at all processes, is asked now and then: mostly the root itself listens. */
const treeEveryLooks = 5;
/** What somebody else has seen of all processes so long ago will do, in milliseconds. */
const treeAgeMs = 50;
/** And so is the whole table of sockets, which takes long to read, in case the quick look does not show what listens. */
const wholeEveryLooks = 200;

/** Looks for listening sockets of a starting target, often and at little cost. */
export class ListeningWatch {
  readonly #instance: Instance;
  readonly #system: System;
  readonly #family: TcpFamily;
  #looks = 0;

  constructor(instance: Instance, system: System, family: TcpFamily) {
    this.#instance = instance;
    this.#system = system;
    this.#family = family;
  }

  /** What the tree listens on, as far as it is seen by now. */
  look(): Listener[] {
    this.#looks += 1;
    const { pid } = this.#instance.launched;
    const pids =
      this.#looks % treeEveryLooks === 0
        ? this.#instance.members(nowMs() - treeAgeMs).map((member) => member.pid)
        : [pid];
    return this.#system.listeners(pids, this.#family, this.#looks % wholeEveryLooks !== 0);
  }
}
