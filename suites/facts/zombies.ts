import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { rootPid } from './exits.js';
import { onIdleMachine } from './kept-waiting.js';
import { serverProcesses } from './server-tree.js';
import { endedByHarness, type Placed, rootExit } from './stop.js';
import type { Interval } from './time.js';

/** A child of the target that had exited and was not yet waited for. */
export interface Zombie {
  readonly pid: number;
  readonly parentPid: number;
  readonly command: string;
  /** How long it was one. Where the watch ended first, `maxMs` is how long it could be watched. */
  readonly span: Interval;
  /** The same, as it might have been on a machine of the target's own: without a processor nobody reaps. */
  readonly alone: Interval;
  /** The watch ended (the root exited) while it was still a zombie. */
  readonly isCut: boolean;
  readonly evidence: readonly number[];
}

/** The zombies whose parent is the target itself or a process of its tree, while the root lived. */
export function zombies(recording: Recording): Zombie[] {
  const root = rootPid(recording);
  const changes = serverProcesses(recording);
  const tree = new Set(changes.map(({ event }) => event.pid));
  if (root !== undefined) tree.add(root);
  const until = watchedUntilMs(recording);
  return changes
    .filter(
      ({ event }) =>
        event.state === 'zombie' && event.pid !== root && tree.has(event.parentPid) && event.atMs <= until,
    )
    .map((zombie) => {
      const found = zombieOf(zombie, changes, until);
      const { sinceMs } = zombie.event;
      return { ...found, alone: onIdleMachine(recording, found.span, sinceMs, sinceMs + found.span.maxMs) };
    });
}

function zombieOf(
  { event, index }: Placed<EventOf<'process'>>,
  changes: readonly Placed<EventOf<'process'>>[],
  until: number,
): Omit<Zombie, 'alone'> {
  const next = changes.find((change) => change.index > index && change.event.pid === event.pid);
  // Once the root has gone its zombies are somebody else's to wait for.
  const isCut = next === undefined || next.event.atMs > until;
  const lastSeenMs = Math.min(next?.event.sinceMs ?? until, until);
  const goneMs = isCut ? until : next.event.atMs;
  return {
    pid: event.pid,
    parentPid: event.parentPid,
    command: event.command,
    span: {
      minMs: Math.max(0, lastSeenMs - event.atMs),
      maxMs: Math.max(0, goneMs - Math.min(event.sinceMs, event.atMs)),
    },
    isCut,
    evidence: next ? [index, next.index] : [index],
  };
}

/** The last time at which the tree was still the target's own: its root's exit, or the end of the recording. */
function watchedUntilMs(recording: Recording): number {
  return Math.min(
    rootExit(recording)?.event.atMs ?? Number.POSITIVE_INFINITY,
    endedByHarness(recording)?.event.beforeMs ?? Number.POSITIVE_INFINITY,
    recording.events.at(-1)?.atMs ?? 0,
  );
}
