import { type Gate, standingOf } from './gate.js';
import type { Outcome, Summary, Verdict } from './report.js';

type Judged = Parameters<typeof standingOf>[0];

/** A verdict that fails the gate: a failed MUST, and with `--strict` a failed SHOULD too, that is not known. */
export function failsGate(verdict: Judged, gate: Gate): boolean {
  return ['fails', 'changed'].includes(standingOf(verdict, gate));
}

/** A verdict that leaves open whether the target conforms. */
export function leavesOpen(verdict: Judged, gate: Gate): boolean {
  return standingOf(verdict, gate) === 'open';
}

/** A gate that lets nothing through because it was known: by it the outcome of a report is what the target is. */
const plain: Gate = { strict: false };

/**
 * The outcome that follows from verdicts alone. `nonconformant` as soon as one MUST failed, whatever was not tested;
 * `untested` where a MUST was not, or where nothing at all was judged: an empty report conforms to nothing. The
 * `reason` is set where no verdict says it.
 */
export function outcomeOf(verdicts: readonly Verdict[]): {
  readonly outcome: Exclude<Outcome, 'interrupted'>;
  readonly reason?: string;
} {
  if (verdicts.some((verdict) => failsGate(verdict, plain))) return { outcome: 'nonconformant' };
  if (verdicts.some((verdict) => leavesOpen(verdict, plain))) return { outcome: 'untested' };
  const judged = verdicts.some(({ outcome }) => outcome === 'pass' || outcome === 'fail');
  return judged
    ? { outcome: 'conformant' }
    : { outcome: 'untested', reason: 'no requirement could be judged in any run' };
}

/**
 * The outcome of a part of a suite: that nothing at all could be judged in it says nothing of the target, since the rest
 * is judged when the parts are put together.
 */
export function outcomeOfShard(verdicts: readonly Verdict[]): ReturnType<typeof outcomeOf> {
  const { outcome, reason } = outcomeOf(verdicts);
  return reason === undefined
    ? { outcome }
    : { outcome: 'conformant', reason: 'Nothing could be judged in this part alone.' };
}

/** The counts of a report. A failed SHOULD or MAY is a warning and not counted as `fail`. */
export function summaryOf(verdicts: readonly Verdict[]): Summary {
  const summary = { pass: 0, fail: 0, warn: 0, untested: 0, notApplicable: 0 };
  for (const verdict of verdicts) summary[column(verdict)] += 1;
  return summary;
}

/** The column of the summary in which a verdict is counted. */
export function column(verdict: Pick<Verdict, 'outcome' | 'level'>): keyof Summary {
  if (verdict.outcome === 'not-applicable') return 'notApplicable';
  if (verdict.outcome === 'fail') return verdict.level === 'MUST' ? 'fail' : 'warn';
  return verdict.outcome;
}
