import type { Recording } from '../../harness/recording/recording.js';
import { ownExit } from './exits.js';
import { onIdleMachine } from './kept-waiting.js';
import { endedByHarness, treeGone } from './stop.js';
import { between, type Certainty, type Interval, isAtMost, window } from './time.js';
import { survivors } from './tree.js';

/** How long an orphan may live on after the root, in milliseconds. */
export const orphanMs = 1000;

/**
 * What became of the whole tree of the first instance within a bound: gone in time or `late`; `unsure` where the
 * error bar straddles the bound; `ended` where the harness had to end it after the bound, `cut-off` where it did so
 * before, `ended-unsure` where the tree may have waited so long for a processor that nobody can tell these two apart;
 * `orphans` where only descendants of a root that exited in time were left; `unknown` where nothing says so.
 */
export interface TreeEnd {
  readonly kind: 'in-time' | 'late' | 'unsure' | 'ended' | 'ended-unsure' | 'cut-off' | 'orphans' | 'unknown';
  /** From the given time to the end (`unsure` with orphans: to that of the root); `maxMs` is Infinity where the target did not end by itself. */
  readonly elapsed: Interval;
  readonly evidence: readonly number[];
}

/** The end of the first instance's tree, measured from `from`. */
export function treeEnd(recording: Recording, from: Interval, boundMs: number): TreeEnd {
  const gone = treeGone(recording);
  const ended = endedByHarness(recording);
  if (gone && (!ended || gone.event.atMs <= ended.event.beforeMs)) {
    const elapsed = between(from, window(recording, gone.event));
    // Nobody can be in time without a processor.
    const alone = onIdleMachine(recording, elapsed, from.minMs, gone.event.atMs);
    const inTime = isAtMost(alone, boundMs);
    if (inTime === 'unsure') return { kind: 'unsure', elapsed: alone, evidence: [gone.index] };
    return { kind: inTime === 'yes' ? 'in-time' : 'late', elapsed, evidence: [gone.index] };
  }
  const elapsed = {
    minMs: ended ? Math.max(0, ended.event.beforeMs - from.maxMs) : 0,
    maxMs: Number.POSITIVE_INFINITY,
  };
  if (!ended) return { kind: 'unknown', elapsed, evidence: [] };
  const orphans = leftOrphans(recording, from, boundMs);
  if (orphans.certainty === 'yes') return { kind: 'orphans', elapsed, evidence: [ended.index] };
  if (orphans.certainty === 'unsure')
    return { kind: 'unsure', elapsed: orphans.rootElapsed, evidence: [ended.index] };
  // Still alive at the bound means gone after it.
  if (elapsed.minMs < boundMs) return { kind: 'cut-off', elapsed, evidence: [ended.index] };
  const { minMs } = onIdleMachine(recording, elapsed, from.minMs, ended.event.beforeMs);
  if (minMs >= boundMs) return { kind: 'ended', elapsed, evidence: [ended.index] };
  const maxMs = ended.event.beforeMs - from.minMs;
  return { kind: 'ended-unsure', elapsed: { minMs, maxMs }, evidence: [ended.index] };
}

/**
 * Whether the root itself was in time, and only orphans of it were left: `tree.no-orphans` says what is wrong then.
 * `unsure` where there are orphans, and the error bar of the root's exit straddles the bound.
 */
export function leftOrphans(
  recording: Recording,
  from: Interval,
  boundMs: number,
): { readonly certainty: Certainty; readonly rootElapsed: Interval } {
  const exit = ownExit(recording);
  const isLeft = survivors(recording).some(({ alone }) => isAtMost(alone, orphanMs) === 'no');
  if (!exit || !isLeft)
    return { certainty: 'no', rootElapsed: { minMs: 0, maxMs: Number.POSITIVE_INFINITY } };
  const rootElapsed = between(from, window(recording, exit.event));
  return { certainty: isAtMost(rootElapsed, boundMs), rootElapsed };
}
