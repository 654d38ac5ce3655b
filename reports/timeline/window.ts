import type { Lane, Line, Stretch } from './parts.js';

/**
 * The seconds that matter: from a little before the first signal (or the freezing before it, or the first evidence) to
 * the end; the whole run where no signal was sent, or where it came during the start. What was under way at the signal is
 * shown from its beginning, but at most for `mostBefore` of the time after the signal.
 */
export function windowOf(
  lanes: readonly Lane[],
  lines: readonly Line[],
  whole: Stretch,
  mostBefore = 0.15,
): Stretch {
  const signals = lines.filter(({ kind }) => kind === 'signal').map(({ atMs }) => atMs);
  if (signals.length === 0) return whole;
  const spans = lanes.flatMap((lane) => lane.spans);
  const marks = lanes.flatMap((lane) => lane.marks);
  const served = spans.some(({ kind }) => kind === 'serving');
  if (!served) return whole;
  const firstMs = least(signals);
  const provingMs = marks.filter(({ isEvidence }) => isEvidence).map(({ atMs }) => atMs);
  // What was in flight at the signal, or frozen, began before it; of what had lasted long the last part is enough.
  const atStake = spans.filter(
    ({ kind, fromMs, toMs }) => underWay.has(kind) && fromMs < firstMs && toMs >= firstMs,
  );
  const earliestMs = firstMs - (whole.toMs - firstMs) * mostBefore;
  const begunMs = atStake.map(({ fromMs }) => Math.max(fromMs, earliestMs));
  const before = least([firstMs, ...provingMs, ...begunMs]);
  const lengthMs = whole.toMs - before;
  return { fromMs: Math.max(whole.fromMs, before - Math.max(5, lengthMs * 0.06)), toMs: whole.toMs };
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

const underWay: ReadonlySet<string> = new Set(['frozen', 'exchange', 'unanswered']);
