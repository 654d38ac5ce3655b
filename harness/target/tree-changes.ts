import { keyOf } from '../process/process-tree.js';
import type { ProcessInfo } from '../process/system.js';
import type { EventOf } from '../recording/events.js';

type State = EventOf<'process'>['state'];

interface Known {
  readonly info: ProcessInfo;
  readonly state: State;
  /** When it was last seen in this state, or in one before. */
  readonly seenMs: number;
}

/** Turns looks at a target's tree into events: which process came, stopped, became a zombie, went, and between when. */
export class TreeChanges {
  readonly #known = new Map<string, Known>();
  readonly #instance: number;
  readonly #rootPid: number;
  readonly #launchedMs: number;

  /** Nothing of the tree can have been there before `launchedMs`. */
  constructor(instance: number, rootPid: number, launchedMs: number) {
    this.#instance = instance;
    this.#rootPid = rootPid;
    this.#launchedMs = launchedMs;
  }

  /** What has changed since the last look. The root is left out: its `exit` event says more. */
  seen(members: readonly ProcessInfo[], beforeMs: number, atMs: number): EventOf<'process'>[] {
    const present = new Set<string>();
    const changes: EventOf<'process'>[] = [];
    for (const info of members) {
      if (info.pid === this.#rootPid) continue;
      present.add(keyOf(info));
      const state = info.state === 'Z' ? 'zombie' : info.state === 'T' ? 'stopped' : 'running';
      changes.push(...this.#change(info, state, beforeMs, atMs));
    }
    for (const [key, { info, state }] of this.#known) {
      if (!present.has(key) && state !== 'gone') changes.push(...this.#change(info, 'gone', beforeMs, atMs));
    }
    return changes;
  }

  #change(info: ProcessInfo, state: State, beforeMs: number, atMs: number): EventOf<'process'>[] {
    const known = this.#known.get(keyOf(info));
    this.#known.set(keyOf(info), { info, state, seenMs: beforeMs });
    if (known?.state === state) return [];
    const { pid, parentPid, command } = info;
    const sinceMs = known?.seenMs ?? this.#launchedMs;
    return [{ type: 'process', instance: this.#instance, pid, parentPid, command, state, sinceMs, atMs }];
  }
}
