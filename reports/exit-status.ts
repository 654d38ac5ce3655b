import type { Gate } from './gate.js';
import { failsGate } from './outcome.js';
import type { Report } from './report.js';

/**
 * The exit status that a report stands for: 0 conformant, 1 nonconformant (with a strict gate also where only a SHOULD
 * failed), 3 could not be tested. An interrupted harness dies by the signal that interrupted it, so its caller does
 * not ask; should it exit after all, 3 is the status, and never 0.
 */
export function exitStatus(report: Pick<Report, 'outcome' | 'verdicts'>, gate: Gate): 0 | 1 | 3 {
  if (report.outcome === 'interrupted') return 3;
  if (report.outcome === 'nonconformant') return 1;
  if (report.verdicts.some((verdict) => failsGate(verdict, gate))) return 1;
  return report.outcome === 'conformant' ? 0 : 3;
}
