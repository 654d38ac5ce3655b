import { duration } from '../../suites/facts/time.js';
import { exitStatus } from '../exit-status.js';
import type { Gate } from '../gate.js';
import { failsGate, leavesOpen } from '../outcome.js';
import type { Report, Verdict } from '../report.js';
import type { Paint } from '../text/colors.js';
import { wrap } from '../text/wrap.js';
import { counted, type View } from './view.js';

/** `14 runs in 12.4 s; 120 verdicts: 110 passed, 2 failed, 8 not applicable`. */
export function counts({ report, columns }: View): string[] {
  const { pass, fail, warn, untested, notApplicable } = report.summary;
  const verdicts = [
    `${pass} passed`,
    `${fail} failed`,
    warn > 0 && counted(warn, 'warning'),
    untested > 0 && `${untested} untested`,
    notApplicable > 0 && `${notApplicable} not applicable`,
  ].filter((part) => part !== false);
  const runs = `${counted(report.runs.length, 'run')} in ${duration(report.durationMs)}`;
  if (report.verdicts.length === 0) return wrap(`${runs}; no verdicts`, columns, 0, 2);
  return wrap(
    `${runs}; ${counted(report.verdicts.length, 'verdict')}: ${verdicts.join(', ')}`,
    columns,
    0,
    2,
  );
}

/** The outcome in one sentence, and what the exit status means. */
export function conclusion({ report, options, paint, columns }: View): string[] {
  const status = options.isReportLost ? 4 : exitStatus(report, options);
  const style: Paint = status === 0 ? paint.green : status === 1 ? paint.red : paint.yellow;
  const why = options.isReportLost ? ': a report could not be written' : '';
  const ending =
    report.outcome === 'interrupted' || (options.isOneOfSeveral && !options.isReportLost)
      ? ''
      : ` Exit status ${status}${why}.`;
  return wrap(sentence(report, options) + ending, columns, 0, 2).map((line) => paint.bold(style(line)));
}

function sentence(report: Report, gate: Gate): string {
  const { outcome, verdicts } = report;
  const failing = verdicts.filter((verdict) => failsGate(verdict, gate));
  const open = verdicts.filter(leavesOpen);
  const stillOpen = open.length > 0 ? `, and ${spread(open)} could not be tested` : '';
  if (outcome === 'interrupted')
    return `interrupted: ${(report.reason ?? 'not all runs were played').replace(/\.$/, '')}.`;
  if (failing.length > 0) {
    const name = outcome === 'nonconformant' ? 'nonconformant' : `${outcome}, but it fails under --strict`;
    return `${name}: ${spread(failing)} failed${stillOpen}.`;
  }
  const reason = report.reason === undefined ? '' : ` ${report.reason.replace(/\.$/, '')}`;
  if (outcome === 'nonconformant') return `nonconformant:${reason || ' a MUST failed'}.`;
  if (outcome === 'untested') return `untested:${reason || ` ${spread(open)} could not be judged`}.`;
  const warnings = report.summary.warn > 0 ? ` (${counted(report.summary.warn, 'warning')})` : '';
  return `conformant: no ${gate.strict ? 'MUST and no SHOULD' : 'MUST'} failed, and no MUST was left untested${warnings}.`;
}

/** `2 requirements in 5 runs`. */
function spread(verdicts: readonly Verdict[]): string {
  const distinct = (field: 'requirement' | 'run') => new Set(verdicts.map((verdict) => verdict[field])).size;
  return `${counted(distinct('requirement'), 'requirement')} in ${counted(distinct('run'), 'run')}`;
}
