import { nowMs } from '../clock.js';
import type { ProcessInfo, System } from './system.js';

/** All processes at one time. */
export interface Snapshot {
  /** Before the first process was read. */
  readonly beforeMs: number;
  /** After the last was read. */
  readonly atMs: number;
  readonly processes: readonly ProcessInfo[];
}

/**
 * One look at all processes, shared by all runs: reading /proc costs milliseconds, and seventy runs that wait for
 * the end of their targets at once would otherwise do nothing else.
 */
export class ProcessTable {
  #latest: Snapshot | undefined;
  readonly #system: System;

  constructor(system: System) {
    this.#system = system;
  }

  /** A snapshot whose reading began no earlier than `sinceMs`; a shared one where there is one. */
  since(sinceMs: number): Snapshot {
    if (this.#latest !== undefined && this.#latest.beforeMs >= sinceMs) return this.#latest;
    const beforeMs = nowMs();
    const processes = this.#system.processes();
    this.#latest = { beforeMs, atMs: nowMs(), processes };
    return this.#latest;
  }
}
