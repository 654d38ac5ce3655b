import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { listed } from './judgements.js';
import { onIdleMachine } from './kept-waiting.js';
import { afterStop, sinceStop } from './since-stop.js';
import { endedByHarness, ofFirstInstance, type Placed, rootExit, type Stop, treeGone } from './stop.js';
import { type Certainty, type Interval, isAtMost } from './time.js';

/** The end of the tree of the first instance, measured against the deadline. */
export interface DeadlineEnd {
  /** Whether it was gone in time. `unknown`: the recording shows no end, or the harness ended it too soon to tell. */
  readonly inTime: Certainty | 'unknown';
  /** From the stop to the end, or to the moment at which the harness ended what was still there. */
  readonly elapsed: Interval | undefined;
  /** The same, as it might have been on a machine of its own: nobody can keep a deadline without a processor. */
  readonly alone: Interval | undefined;
  readonly gone: Placed<EventOf<'gone'>> | undefined;
  readonly ended: Placed<EventOf<'ended-by-harness'>> | undefined;
}

/** Measures the end of the tree against the deadline and its tolerance, from the stop's delivery on. */
export function deadlineEnd(recording: Recording, stop: Stop): DeadlineEnd {
  const boundMs = recording.contract.deadlineMs + recording.contract.toleranceMs;
  const gone = treeGone(recording);
  const ended = endedByHarness(recording);
  if (ended && (gone === undefined || ended.index < gone.index)) {
    const { beforeMs } = ended.event;
    const elapsed = {
      minMs: Math.max(0, beforeMs - stop.delivered.maxMs),
      maxMs: Math.max(0, beforeMs - stop.delivered.minMs),
    };
    const alone = onIdleMachine(recording, elapsed, stop.delivered.minMs, beforeMs);
    const alive = isAtMost(alone, boundMs);
    // Ended before the deadline was over: nobody will know whether it would have stopped in time.
    return { inTime: alive === 'yes' ? 'unknown' : alive, elapsed, alone, gone: undefined, ended };
  }
  if (!gone) return { inTime: 'unknown', elapsed: undefined, alone: undefined, gone, ended };
  const elapsed = sinceStop(recording, stop, gone.event);
  const alone = onIdleMachine(recording, elapsed, stop.delivered.minMs, gone.event.atMs);
  return { inTime: isAtMost(alone, boundMs), elapsed, alone, gone, ended: undefined };
}

/** What the harness had to end, for people: `the root (pid 100) and pid 101 (python worker.py)`. */
export function leftInWords(recording: Recording, ended: Placed<EventOf<'ended-by-harness'>>): string {
  const rootPid = ofFirstInstance(recording, 'spawned')[0]?.event.pid;
  const names = ended.event.pids.map((pid) => {
    if (pid === rootPid) return `the root (pid ${pid})`;
    const command = commandOf(recording, pid);
    return command === undefined ? `pid ${pid}` : `pid ${pid} (${command})`;
  });
  return names.length > 0 ? listed(names) : 'a process of its tree';
}

/** Whether the root itself had exited before an event, for people. */
export function rootInWords(recording: Recording, stop: Stop, before: Placed | undefined): string {
  const exit = rootExit(recording);
  return exit && (before === undefined || exit.index < before.index)
    ? `its root had exited ${afterStop(recording, stop, exit.event)}`
    : 'its root had not exited';
}

const longestCommand = 60;

function commandOf(recording: Recording, pid: number): string | undefined {
  const seen = [...ofFirstInstance(recording, 'process'), ...ofFirstInstance(recording, 'survivor')];
  const command = seen.find(({ event }) => event.pid === pid)?.event.command;
  return command !== undefined && command.length > longestCommand
    ? `${command.slice(0, longestCommand - 1)}…`
    : command;
}
