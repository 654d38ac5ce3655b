import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import type { Session } from '../session.js';
import type { Instance } from './instance.js';

/** What one look at a starting program shows. */
export interface StartLook {
  readonly atMs: number;
  readonly executes: string | undefined;
  /** What any process of the tree catches or blocks. */
  readonly handled: readonly SignalName[];
  /** What its root ignores. */
  readonly ignored: readonly SignalName[];
  /** All threads of all its processes sleep; undefined where the system does not show it. */
  readonly asleep: boolean | undefined;
  /** Some process waits in a write to a pipe that is full. */
  readonly writes: boolean;
}

/** Looks at a program that starts, and serves nobody: its signal masks and whether it sleeps. */
export class StartWatch {
  readonly #instance: Instance;
  readonly #session: Session;

  constructor(instance: Instance, session: Session) {
    this.#instance = instance;
    this.#session = session;
  }

  look(): StartLook {
    const { system } = this.#session;
    const { pid: root } = this.#instance.launched;
    const atMs = nowMs();
    const pids = this.#instance.members(atMs).map(({ pid }) => pid);
    const masks = pids.flatMap((pid) => system.dispositions(pid) ?? []);
    const waits = pids.map((pid) => system.waits(pid));
    return {
      atMs,
      executes: system.program(root),
      handled: sorted(masks.flatMap(({ caught, blocked }) => [...caught, ...blocked])),
      ignored: sorted(masks.find(({ pid }) => pid === root)?.ignored ?? []),
      asleep: waits.includes(undefined) || waits.length === 0 ? undefined : waits.every(Boolean),
      writes: pids.some((pid) => system.writesToFullPipe(pid) === true),
    };
  }
}

function sorted(signals: readonly SignalName[]): SignalName[] {
  return [...new Set(signals)].sort();
}
