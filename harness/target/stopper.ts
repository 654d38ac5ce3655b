import { nowMs } from '../clock.js';
import { freeze, thaw } from '../process/freeze.js';
import { sendTo } from '../process/send.js';
import type { ProcessInfo } from '../process/system.js';
import type { EventOf } from '../recording/events.js';
import { waitUntil } from '../wait-until.js';

/** What it must know of the processes that it stops. */
export interface Stoppable {
  readonly number: number;
  readonly rootPid: number;
  /** The root as it is now; undefined where it has gone. */
  root(): ProcessInfo | undefined;
  hasExited(): boolean;
  /** The tree as it was no earlier than `sinceMs`. */
  look(sinceMs: number): ProcessInfo[];
  /** False where that process has gone. */
  send(info: ProcessInfo, signal: 'SIGSTOP' | 'SIGCONT' | NodeJS.Signals): boolean;
  /** Whether it is the process that was seen, and not another one with its pid. */
  isStill(info: ProcessInfo): boolean;
  add(event: EventOf<'frozen'> | EventOf<'thawed'>): void;
}

/** Stops the processes of a target with SIGSTOP, and lets them go on. */
export class Stopper {
  readonly #target: Stoppable;

  constructor(target: Stoppable) {
    this.#target = target;
  }

  /** @throws Error when the tree is not seen stopped in time */
  async freeze(timeoutMs: number): Promise<void> {
    const target = this.#target;
    const beforeMs = nowMs();
    const stopped = await freeze(
      (sinceMs) => target.look(sinceMs),
      (info, signal) => target.send(info, signal),
      timeoutMs,
    );
    const pids = stopped.map(({ pid }) => pid);
    target.add({ type: 'frozen', instance: target.number, pids, beforeMs, atMs: nowMs() });
  }

  /**
   * Stops the root alone, at once: a look at the whole tree takes milliseconds. It may end before it stops.
   *
   * @throws Error when it is not seen stopped in time
   */
  async hold(timeoutMs: number): Promise<void> {
    const target = this.#target;
    const beforeMs = nowMs();
    if (!target.hasExited()) sendTo(target.rootPid, 'SIGSTOP');
    const state = () => target.root()?.state ?? 'X';
    const held = await waitUntil(() => 'TtZX'.includes(state()), { timeoutMs, intervalMs: 1 });
    if (!held) throw new Error(`it was not seen within ${timeoutMs} ms`);
    target.add({ type: 'frozen', instance: target.number, pids: [target.rootPid], beforeMs, atMs: nowMs() });
  }

  /** Lets these go on; those that are known to be no more are left alone. */
  thaw(members: readonly ProcessInfo[]): void {
    this.#goOn(members.filter((info) => this.#target.isStill(info)));
  }

  /** Lets go on what `hold` has stopped. */
  release(): void {
    const root = this.#target.root();
    this.#goOn(root ? [root] : []);
  }

  #goOn(members: readonly ProcessInfo[]): void {
    const beforeMs = nowMs();
    thaw(members, ({ pid }) => sendTo(pid, 'SIGCONT'));
    this.#target.add({ type: 'thawed', instance: this.#target.number, beforeMs, atMs: nowMs() });
  }
}
