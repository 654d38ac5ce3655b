import { type Gate, gateResult } from './gate.js';
import type { Report } from './report.js';

/**
 * The exit status that a report stands for: 0 conformant, 1 nonconformant (with a strict gate also where only a SHOULD
 * failed), 3 could not be tested. With a baseline what is known counts no more, and what is listed and passes is 1. An
 * interrupted harness dies by the signal that interrupted it, so its caller does not ask; should it exit after all, 3 is
 * the status, and never 0.
 */
export function exitStatus(report: Pick<Report, 'outcome' | 'verdicts'>, gate: Gate): 0 | 1 | 3 {
  const { outcome, verdicts } = report;
  if (outcome === 'interrupted') return 3;
  const { standing, stale } = gateResult(report, gate);
  const standings = new Set(verdicts.map(standing));
  if (stale.length > 0 || standings.has('fails') || standings.has('changed')) return 1;
  if (standings.has('open')) return 3;
  // An outcome that no verdict explains (the target did not start, nothing could be judged): no baseline covers that.
  const isExplained = (by: 'fail' | 'untested') =>
    verdicts.some(({ outcome, level }) => outcome === by && level === 'MUST');
  if (outcome === 'nonconformant' && !isExplained('fail')) return 1;
  const wasJudged = verdicts.some(({ outcome }) => outcome === 'pass' || outcome === 'fail');
  return outcome === 'untested' && !(wasJudged && isExplained('untested')) ? 3 : 0;
}
