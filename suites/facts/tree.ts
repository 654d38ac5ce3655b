import type { Recording } from '../../harness/recording/recording.js';
import { ownExit, rootPid } from './exits.js';
import { onIdleMachine } from './kept-waiting.js';
import { serverProcesses } from './server-tree.js';
import { endedByHarness, ofFirstInstance, treeGone } from './stop.js';
import { between, type Interval, window } from './time.js';

/** A descendant that outlived the root of the target. */
export interface Survivor {
  readonly pid: number;
  readonly command: string;
  /** How long it lived after the root's exit; `maxMs` is Infinity where its end was not the target's doing. */
  readonly lived: Interval;
  /** The same, as it might have been on a machine of its own: without a processor it could not end. */
  readonly alone: Interval;
  readonly evidence: readonly number[];
}

/** The processes that were seen alive after the root of the first instance had exited by itself. */
export function survivors(recording: Recording): Survivor[] {
  const exit = ownExit(recording);
  if (!exit) return [];
  const exited = window(recording, exit.event);
  const seen = new Map<number, ReturnType<typeof ofFirstInstance<'survivor'>>>();
  for (const survivor of ofFirstInstance(recording, 'survivor')) {
    const { pid } = survivor.event;
    seen.set(pid, [...(seen.get(pid) ?? []), survivor]);
  }
  return [...seen].map(([pid, sightings]) => {
    const end = endOf(recording, pid, exit.event.atMs, seen.size === 1);
    const lastSeenMs = Math.max(end.lastSeenMs, ...sightings.map(({ event }) => event.atMs));
    // `between` needs the order to be right: it was seen alive at the one, and no more at the other.
    const lived = between(exited, { minMs: lastSeenMs, maxMs: Math.max(lastSeenMs, end.goneMs) });
    return {
      pid,
      command: sightings[0]?.event.command ?? '',
      lived,
      alone: onIdleMachine(recording, lived, exited.minMs, lastSeenMs),
      evidence: [exit.index, ...sightings.map(({ index }) => index), ...end.evidence],
    };
  });
}

interface End {
  readonly lastSeenMs: number;
  readonly goneMs: number;
  readonly evidence: readonly number[];
}

/** When one process was last seen, and first missed, after the root's exit. */
function endOf(recording: Recording, pid: number, exitMs: number, isOnlyOne: boolean): End {
  const ended = endedByHarness(recording);
  const beforeHarness = (atMs: number) => !ended || atMs <= ended.event.beforeMs;
  const own = ofFirstInstance(recording, 'process').find(
    ({ event }) =>
      event.pid === pid && event.atMs > exitMs && isOver(event.state) && beforeHarness(event.atMs),
  );
  if (own) return { lastSeenMs: own.event.sinceMs, goneMs: own.event.atMs, evidence: [own.index] };
  const gone = treeGone(recording);
  if (gone && beforeHarness(gone.event.atMs)) {
    // Of several survivors it is not known which one was seen at `sinceMs`; all are gone at `atMs`.
    const lastSeenMs = isOnlyOne ? gone.event.sinceMs : Number.NEGATIVE_INFINITY;
    return { lastSeenMs, goneMs: gone.event.atMs, evidence: [gone.index] };
  }
  const goneMs = Number.POSITIVE_INFINITY;
  return ended?.event.pids.includes(pid)
    ? { lastSeenMs: ended.event.beforeMs, goneMs, evidence: [ended.index] }
    : { lastSeenMs: Number.NEGATIVE_INFINITY, goneMs, evidence: [] };
}

function isOver(state: string): boolean {
  return state === 'gone' || state === 'zombie';
}

/** Whether no process but the root was ever seen in the server's tree. */
export function isSingleProcess(recording: Recording): boolean {
  const root = rootPid(recording);
  return (
    ofFirstInstance(recording, 'survivor').length === 0 &&
    serverProcesses(recording).every(({ event }) => event.pid === root)
  );
}

/** `pid 123 (python worker.py)`; the command is clipped. */
export function processInWords({ pid, command }: { readonly pid: number; readonly command: string }): string {
  return command === '' ? `pid ${pid}` : `pid ${pid} (${command.slice(0, 60)})`;
}
