import { cookieIn } from './cookie.js';
import type { Snapshot } from './process-table.js';
import type { ProcessInfo, System } from './system.js';

/**
 * The processes of one instance of the target. A process belongs to it when its parent did, when it is in the
 * session that the instance was started in, or when it carries the instance's cookie; and once it has belonged, it
 * belongs for ever, even when it clears its environment and moves to another session.
 */
export class ProcessTree {
  readonly rootPid: number;
  readonly #cookie: string;
  readonly #system: System;
  readonly #members = new Set<string>();
  readonly #strangers = new Set<string>();
  readonly #rootStart: number;
  #sessionIsOver = false;

  readonly #isStranger: (info: ProcessInfo) => boolean;

  /** `isStranger` names processes that came with the target and are not its own. Default: none. */
  constructor(
    rootPid: number,
    cookie: string,
    system: System,
    isStranger: (info: ProcessInfo) => boolean = () => false,
  ) {
    this.#isStranger = isStranger;
    this.rootPid = rootPid;
    this.#cookie = cookie;
    this.#system = system;
    const root = system.process(rootPid);
    this.#rootStart = Number(root?.startTicks ?? 0);
    if (root) this.#members.add(keyOf(root));
  }

  /** The members that a snapshot shows, zombies included, the root first. */
  membersIn(snapshot: Snapshot): ProcessInfo[] {
    const found = new Map<number, ProcessInfo>();
    const rest: ProcessInfo[] = [];
    for (const info of snapshot.processes) {
      if (this.#members.has(keyOf(info))) found.set(info.pid, info);
      else rest.push(info);
    }
    this.#watchSession(snapshot);
    for (let grown = true; grown; ) {
      grown = false;
      for (const info of rest) {
        if (found.has(info.pid) || !this.#belongs(info, found)) continue;
        this.#members.add(keyOf(info));
        found.set(info.pid, info);
        grown = true;
      }
    }
    return [...found.values()].sort(
      (a, b) => Number(b.pid === this.rootPid) - Number(a.pid === this.rootPid),
    );
  }

  /**
   * The kernel gives the root's pid to nobody else while some process is in its session. Once none is, a process that
   * has this number as its pid or session is a stranger's.
   */
  #watchSession({ processes }: Snapshot): void {
    const inSession = processes.filter(({ sessionId }) => sessionId === this.rootPid);
    const isReused = inSession.some((info) => info.pid === this.rootPid && !this.#members.has(keyOf(info)));
    if (isReused || inSession.length === 0) this.#sessionIsOver = true;
  }

  #belongs(info: ProcessInfo, found: ReadonlyMap<number, ProcessInfo>): boolean {
    if (this.#isStranger(info)) return false;
    if (found.has(info.parentPid)) return true;
    if (info.sessionId === this.rootPid && !this.#sessionIsOver) return true;
    // Nothing that is older than the root descends from it; this spares reading what belongs to the machine.
    if (Number(info.startTicks) < this.#rootStart) return false;
    // A fork that died between two snapshots leaves children that only the cookie connects with the target. What
    // a process was started with does not change before its next exec, which starts from the same variables.
    const key = keyOf(info);
    if (this.#strangers.has(key)) return false;
    const environment = this.#system.environment(info.pid);
    if (environment === undefined) return false;
    if (cookieIn(environment) === this.#cookie) return true;
    this.#strangers.add(key);
    return false;
  }
}

/** strace, which is forked from the target's first process when it watches it. */
export function isTracer({ command }: ProcessInfo): boolean {
  return /^(?:\S*\/)?strace(?: |$)/.test(command);
}

/** A pid and a start time: the name of a process for ever. */
export function keyOf(info: ProcessInfo): string {
  return `${info.pid}:${info.startTicks}`;
}

/**
 * What strace forks for itself, in the target's session, to find out what the kernel can do. Who kills it then leaves
 * these waiting for ever. The tracer is in another session, and ends with the target.
 */
export function tracersOwn(system: Pick<System, 'processes'>, sessionId: number): ProcessInfo[] {
  return system
    .processes()
    .filter((info) => info.sessionId === sessionId && isTracer(info) && info.state !== 'Z');
}
