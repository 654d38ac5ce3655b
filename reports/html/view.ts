import type { FormatContext } from '../formats.js';
import { type GateResult, gateResult, type Standing } from '../gate.js';
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
  /** Failed, and the gate knows of it: listed in its baseline, or not demanded yet in its edition. */
  readonly known: readonly Group[];
  readonly gate: GateResult;
}

/** How a verdict is shown: a failure that the gate lets through is a warning. */
export type Kind = 'fail' | 'warn' | 'known' | 'stale' | 'untested' | 'pass' | 'na';

export function viewOf(report: Report, context: FormatContext): PageView {
  const gate = gateResult(report, context);
  const groupsOf = (...kinds: Kind[]) =>
    failures({
      ...report,
      verdicts: report.verdicts.filter((verdict) => kinds.includes(kindOf(verdict, { gate }))),
    });
  return {
    report,
    context,
    requirements: new Map(context.requirements.map((text) => [text.id as string, text])),
    runs: new Map(report.runs.map((run) => [run.id, run])),
    verdictsByRun: grouped(report.verdicts, ({ run }) => run),
    failing: groupsOf('fail'),
    warnings: groupsOf('warn'),
    known: groupsOf('known'),
    gate,
  };
}

export function kindOf(verdict: Verdict, { gate }: Pick<PageView, 'gate'>): Kind {
  return kinds[gate.standing(verdict)];
}

const kinds = {
  passes: 'pass',
  'not-applicable': 'na',
  fails: 'fail',
  changed: 'fail',
  known: 'known',
  stale: 'stale',
  warns: 'warn',
  'later-edition': 'known',
  open: 'untested',
  untested: 'untested',
} as const satisfies Record<Standing, Kind>;

/** The text says it all; the symbol before it is drawn by the style alone. */
export const kindWords: Record<Kind, string> = {
  fail: 'FAIL',
  warn: 'warn',
  known: 'known',
  stale: 'stale',
  untested: 'untested',
  pass: 'pass',
  na: 'n/a',
};
