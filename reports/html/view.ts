import type { FormatContext } from '../formats.js';
import { column, failsGate } from '../outcome.js';
import type { Report, ReportRun, Verdict } from '../report.js';
import type { RequirementText } from '../requirement-text.js';
import { failures, type Group } from '../terminal/view.js';
import { grouped } from './grouped.js';

/** Everything that a part of the page reads. */
export interface PageView {
  readonly report: Report;
  readonly context: FormatContext;
  readonly requirements: ReadonlyMap<string, RequirementText>;
  readonly runs: ReadonlyMap<string, ReportRun>;
  readonly verdictsByRun: ReadonlyMap<string, readonly Verdict[]>;
  /** Failed requirements, in the order of the terminal. */
  readonly failing: readonly Group[];
  readonly warnings: readonly Group[];
}

/** How a verdict is shown: a failure that the gate lets through is a warning. */
export type Kind = 'fail' | 'warn' | 'untested' | 'pass' | 'na';

export function viewOf(report: Report, context: FormatContext): PageView {
  const groups = failures(report);
  const fails = ({ verdicts }: Group) => failsGate(verdicts[0], context);
  return {
    report,
    context,
    requirements: new Map(context.requirements.map((text) => [text.id as string, text])),
    runs: new Map(report.runs.map((run) => [run.id, run])),
    verdictsByRun: grouped(report.verdicts, ({ run }) => run),
    failing: groups.filter(fails),
    warnings: groups.filter((group) => !fails(group)),
  };
}

export function kindOf(verdict: Pick<Verdict, 'outcome' | 'level'>, context: FormatContext): Kind {
  if (failsGate(verdict, context)) return 'fail';
  const counted = column(verdict);
  if (counted === 'notApplicable') return 'na';
  return counted === 'fail' ? 'warn' : counted;
}

/** The text says it all; the symbol before it is drawn by the style alone. */
export const kindWords: Record<Kind, string> = {
  fail: 'FAIL',
  warn: 'warn',
  untested: 'untested',
  pass: 'pass',
  na: 'n/a',
};
