import type { Launched } from '../process/launch.js';
import { keyOf } from '../process/process-tree.js';
import type { ProcessInfo } from '../process/system.js';
import type { EventOf } from '../recording/events.js';

/** The event of a start. */
export function spawned(
  instance: number,
  port: number | undefined,
  { pid, beforeMs, atMs, pid1 }: Launched,
): EventOf<'spawned'> {
  const told = port === undefined ? {} : { port };
  return { type: 'spawned', instance, pid, ...told, ...(pid1 ? { pid1: true } : {}), beforeMs, atMs };
}

/** The processes that live on after the root: each is said once. */
export class Survivors {
  readonly #instance: number;
  readonly #known = new Set<string>();

  constructor(instance: number) {
    this.#instance = instance;
  }

  /** The events of those that were not known yet, seen alive by a look that began then. */
  seen(alive: readonly ProcessInfo[], atMs: number): EventOf<'survivor'>[] {
    const fresh = alive.filter((info) => !this.#known.has(keyOf(info)));
    for (const info of fresh) this.#known.add(keyOf(info));
    return fresh.map(({ pid, command }) => ({
      type: 'survivor',
      instance: this.#instance,
      pid,
      command,
      atMs,
    }));
  }
}
