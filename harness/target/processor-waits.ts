import { nowMs } from '../clock.js';
import type { System } from '../process/system.js';
import type { EventOf } from '../recording/events.js';

const everyMs = 100;
/** Less than this in one period is what every process waits for, in milliseconds. */
const worthAnEventMs = 5;

/**
 * Watches how long the processes of a target are ready to run and have no processor: on a busy machine, and beside other
 * runs, they are late by that without any fault of their own.
 */
export class ProcessorWaits {
  readonly #instance: number;
  readonly #system: System;
  readonly #pids: () => readonly number[];
  readonly #add: (event: EventOf<'kept-waiting'>) => void;
  /** Per process and thread, as last seen, in milliseconds since it began. */
  readonly #seen = new Map<string, number>();
  #lookedMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(
    instance: number,
    system: System,
    pids: () => readonly number[],
    add: (event: EventOf<'kept-waiting'>) => void,
  ) {
    this.#instance = instance;
    this.#system = system;
    this.#pids = pids;
    this.#add = add;
  }

  /** From now on; what is watched already goes on, and what was stopped stays so. */
  start(): void {
    if (this.#timer || this.#isOver) return;
    this.#grown();
    this.#timer = setInterval(() => this.#look(), everyMs);
    this.#timer.unref();
  }

  /** What was waited up to now is told, and nothing after it. */
  stop(): void {
    this.#isOver = true;
    if (!this.#timer) return;
    this.#look();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const sinceMs = this.#lookedMs;
    const waitedMs = this.#grown();
    if (waitedMs < worthAnEventMs) return;
    this.#add({ type: 'kept-waiting', instance: this.#instance, waitedMs, sinceMs, atMs: this.#lookedMs });
  }

  /** By how much the waits of all threads have grown since the last look. A thread that is new has waited since then. */
  #grown(): number {
    let grownMs = 0;
    for (const pid of this.#pids()) {
      for (const [thread, waitedMs] of this.#system.processorWaitsMs(pid)) {
        const key = `${pid}/${thread}`;
        grownMs += waitedMs - (this.#seen.get(key) ?? 0);
        this.#seen.set(key, waitedMs);
      }
    }
    this.#lookedMs = nowMs();
    return grownMs;
  }
}
