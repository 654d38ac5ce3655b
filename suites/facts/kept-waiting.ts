import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { all } from './stop.js';
import type { Interval } from './time.js';

/** How long before an end the last look may have been, in milliseconds: it is looked every 100 ms, and later on a busy machine. */
const lastLookMs = 500;

/**
 * A length of time as it might have been on a machine of the target's own: while its processes were ready to run and
 * had no processor, they could not do what they were late with.
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
  const waits = all(recording, 'kept-waiting').flatMap(({ event }) => (event.instance === 0 ? [event] : []));
  const seenMs = waits.reduce((sum, { waitedMs, sinceMs, atMs }) => {
    const overlapMs = Math.min(atMs, toMs) - Math.max(sinceMs, fromMs);
    return overlapMs > 0 ? sum + waitedMs : sum;
  }, 0);
  return seenMs + unseenMs(waits, fromMs, toMs);
}

/** Who has gone cannot be looked at any more: from the last look on it may have waited as much as right before that. */
function unseenMs(waits: readonly EventOf<'kept-waiting'>[], fromMs: number, toMs: number): number {
  const last = waits.filter(({ atMs }) => atMs <= toMs).at(-1);
  if (last === undefined || last.atMs < fromMs || toMs - last.atMs > lastLookMs) return 0;
  const share = Math.min(1, last.waitedMs / (last.atMs - last.sinceMs));
  return share * (toMs - last.atMs);
}
