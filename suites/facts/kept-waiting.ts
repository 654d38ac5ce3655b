import type { Recording } from '../../harness/recording/recording.js';
import { all } from './stop.js';
import type { Interval } from './time.js';

/**
 * A length of time as it might have been on a machine of the target's own: while its processes were ready to run and
 * had no processor, they could not do what they were late with. For bounds of a second that nobody promised.
 */
export function onIdleMachine(
  recording: Recording,
  elapsed: Interval,
  fromMs: number,
  toMs: number,
): Interval {
  return { minMs: Math.max(0, elapsed.minMs - keptWaitingMs(recording, fromMs, toMs)), maxMs: elapsed.maxMs };
}

/** In sum over the threads of the target, between two times, in milliseconds. */
function keptWaitingMs(recording: Recording, fromMs: number, toMs: number): number {
  return all(recording, 'kept-waiting').reduce((sum, { event }) => {
    const overlapMs = Math.min(event.atMs, toMs) - Math.max(event.sinceMs, fromMs);
    return event.instance === 0 && overlapMs > 0 ? sum + event.waitedMs : sum;
  }, 0);
}
