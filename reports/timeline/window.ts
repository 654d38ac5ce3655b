import type { Lane, Line, Stretch } from './parts.js';

/**
 * The seconds that matter: from a little before the first signal (or the freezing before it, or the first evidence) to
 * the end; the whole run where no signal was sent, or where it came during the start.
 */
export function windowOf(lanes: readonly Lane[], lines: readonly Line[], whole: Stretch): Stretch {
  const signals = lines.filter(({ kind }) => kind === 'signal').map(({ atMs }) => atMs);
  if (signals.length === 0) return whole;
  const spans = lanes.flatMap((lane) => lane.spans);
  const marks = lanes.flatMap((lane) => lane.marks);
  const served = spans.some(({ kind }) => kind === 'serving');
  if (!served) return whole;
  const firstMs = least(signals);
  const evidence = [...spans, ...marks].filter(({ isEvidence }) => isEvidence);
  const beginsMs = evidence.map((part) => ('fromMs' in part ? part.fromMs : part.atMs));
  const atStake = spans.filter(
    ({ kind, toMs }) => kind === 'frozen' || (kind === 'unanswered' && toMs >= firstMs),
  );
  // What was in flight at the signal began before it.
  const inFlight = spans.filter(
    ({ kind, fromMs, toMs }) => kind === 'exchange' && fromMs < firstMs && toMs > firstMs,
  );
  const before = least([firstMs, ...beginsMs, ...[...atStake, ...inFlight].map(({ fromMs }) => fromMs)]);
  const lengthMs = whole.toMs - before;
  return { fromMs: Math.max(whole.fromMs, before - Math.max(5, lengthMs * 0.06)), toMs: whole.toMs };
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}
