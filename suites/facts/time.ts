import type { RecordingEvent } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { duration } from '../../harness/words.js';

/** A length of time that is known only to lie between two bounds, in milliseconds. */
export interface Interval {
  readonly minMs: number;
  readonly maxMs: number;
}

/**
 * Facts are observed by event loops that are looked at every 10 ms; a delay of more than 5 ms is in the recording as a
 * `lag` event (harness/lag.ts). So this is the error bar of every observation on an idle machine.
 */
const wakeUpMs = 15;
/** How often the loops are looked at. */
const tickMs = 10;

const clientEvents: ReadonlySet<string> = new Set([
  'connected',
  'connect-failed',
  'request',
  'reply-started',
  'reply',
  'reply-truncated',
  'told',
  'unexpected',
  'fin',
  'rst',
  'paused',
  'resumed',
  'left',
  'no-reply',
  'accepted',
  'client-request',
  'client-left',
]);

/** How much earlier than `atMs` the observed event may have happened, in milliseconds. */
export function errorBarMs(recording: Recording, event: RecordingEvent): number {
  if ('beforeMs' in event) return event.atMs - event.beforeMs;
  const sampled = 'sinceMs' in event ? event.atMs - event.sinceMs : 0;
  const who = clientEvents.has(event.type) ? 'fleet' : 'harness';
  // What a loop reports in a blockage, or right after it, may be as old as the blockage.
  const blocked = blockages(recording, who).find(
    ({ fromMs, toMs }) => fromMs <= event.atMs && event.atMs <= toMs + wakeUpMs,
  );
  const lagMs = blocked ? Math.max(0, Math.min(event.atMs, blocked.toMs) - blocked.fromMs) : 0;
  return Math.max(sampled, wakeUpMs + lagMs);
}

interface Blockage {
  readonly fromMs: number;
  toMs: number;
}

/** Recordings do not change, and every error bar asks for their blockages. */
const known = new WeakMap<Recording, Map<string, readonly Blockage[]>>();

/**
 * The times in which a loop was late. Where one late turn follows the other, nothing says that the loop was ever on
 * time in between: an exit that came early in them may have been reported at their end.
 */
function blockages(recording: Recording, who: 'harness' | 'fleet'): readonly Blockage[] {
  const ofRecording = known.get(recording) ?? new Map<string, readonly Blockage[]>();
  known.set(recording, ofRecording);
  const found = ofRecording.get(who) ?? merge(recording, who);
  ofRecording.set(who, found);
  return found;
}

function merge(recording: Recording, who: 'harness' | 'fleet'): Blockage[] {
  const merged: Blockage[] = [];
  for (const event of recording.events) {
    if (event.type !== 'lag' || event.who !== who) continue;
    const last = merged.at(-1);
    const fromMs = event.atMs - event.lagMs;
    if (last && fromMs <= last.toMs + tickMs + 1) last.toMs = event.atMs;
    else merged.push({ fromMs, toMs: event.atMs });
  }
  return merged;
}

/** The time at which an event really happened: between these two, on the recording's clock. */
export function window(recording: Recording, event: RecordingEvent): Interval {
  return { minMs: event.atMs - errorBarMs(recording, event), maxMs: event.atMs };
}

/** The time from one window to another, as far as it is known. */
export function between(from: Interval, to: Interval): Interval {
  return { minMs: Math.max(0, to.minMs - from.maxMs), maxMs: to.maxMs - from.minMs };
}

/** `unsure` means that the error bar straddles the bound. */
export type Certainty = 'yes' | 'no' | 'unsure';

/** Whether a length of time is at most `boundMs`: exact on the certain side, widened by the error bar on the other. */
export function isAtMost(elapsed: Interval, boundMs: number): Certainty {
  if (elapsed.maxMs <= boundMs) return 'yes';
  return elapsed.minMs > boundMs ? 'no' : 'unsure';
}

/** Whether a length of time is at least `boundMs`. */
export function isAtLeast(elapsed: Interval, boundMs: number): Certainty {
  if (elapsed.minMs >= boundMs) return 'yes';
  return elapsed.maxMs < boundMs ? 'no' : 'unsure';
}

/** `1.21 s`, `340 ms`, `0.4 ms`; with the error bar where it matters: `2.03 s (± 0.12 s)`. */
export function inWords(elapsed: Interval): string {
  const half = (elapsed.maxMs - elapsed.minMs) / 2;
  return half > 50 && half > elapsed.maxMs / 20
    ? `${duration(elapsed.minMs + half)} (± ${duration(half)})`
    : duration(elapsed.maxMs);
}

export { duration };
