import { duration } from '../../suites/facts/time.js';
import { masked } from '../baseline/same-reason.js';
import { counted, few } from '../terminal/view.js';
import type { Palette } from '../text/colors.js';
import { oneLine } from '../text/printable.js';
import { labelled, wrap } from '../text/wrap.js';
import type { Arrivals, ReportDiff, VerdictChange } from './diff.js';
import type { TimeChange } from './times.js';

interface Style {
  readonly columns: number;
  readonly paint: Palette;
}

/** What changed, for people: what got worse first, and in one sentence at the end whether anything did. */
export function renderDiff(diff: ReportDiff, style: Style): string {
  const { paint, columns } = style;
  const premises = diff.premises.flatMap((premise) =>
    wrap(`not the same: ${oneLine(premise)}`, columns, 0, 2),
  );
  const lines = [
    ...premises,
    ...(premises.length > 0 ? [''] : []),
    ...section(style, paint.red(paint.bold('NEWLY FAILING')), diff.newlyFailing),
    ...section(style, paint.red(paint.bold('FAILING FOR ANOTHER REASON')), diff.otherReasons),
    ...section(style, paint.yellow(paint.bold('NEWLY UNTESTED')), diff.newlyUntested),
    ...section(style, paint.green(paint.bold('NEWLY PASSING')), diff.newlyPassing),
    ...timeSection(style, diff.times),
    ...arrivalLines(style, 'requirements', diff.requirements),
    ...arrivalLines(style, 'runs', diff.runs),
    ...conclusion(diff, style),
  ];
  return `${lines.join('\n')}\n`;
}

function section({ columns }: Style, title: string, changes: readonly VerdictChange[]): string[] {
  if (changes.length === 0) return [];
  const groups = new Map<string, [VerdictChange, ...VerdictChange[]]>();
  for (const change of changes) {
    const key = [change.requirement, change.level, change.before?.outcome, masked(change.now.message)].join(
      ' ',
    );
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  const entries = [...groups.values()].flatMap(([first, ...others]) => [
    ...wrap(`${oneLine(first.id)}  (${first.level})`, columns, 2, 2),
    ...labelled('now', oneLine(first.now.message), columns, 4),
    ...labelled('before', before(first), columns, 4),
    ...(others.length > 0
      ? labelled(
          'also in',
          few(
            others.map(({ id }) => runIn(id)),
            6,
          ),
          columns,
          4,
        )
      : []),
  ]);
  return [title, ...entries, ''];
}

function before({ before }: VerdictChange): string {
  if (before === undefined) return 'not in the old report';
  return before.outcome === 'pass' ? 'passed' : `${before.outcome}: ${oneLine(before.message)}`;
}

function runIn(id: string): string {
  return oneLine(id.slice(id.indexOf('@') + 1));
}

function timeSection({ columns, paint }: Style, times: readonly TimeChange[]): string[] {
  if (times.length === 0) return [];
  const entries = times.flatMap(({ run, oldMs, newMs, noiseMs, isRepeated }) =>
    labelled(
      newMs > oldMs ? 'slower' : 'faster',
      `${oneLine(run)}: ${duration(oldMs)}, and now ${duration(newMs)} (noise ${duration(noiseMs)}${isRepeated ? '' : ', as played once'})`,
      columns,
    ),
  );
  const isSure = times.some(({ isRepeated }) => isRepeated);
  const advice = isSure
    ? []
    : wrap('Single plays decide nothing: --repeat 5 in both reports measures the noise.', columns, 2, 2);
  return [`${paint.bold('TIME TO EXIT')}  (beyond the noise)`, ...entries, ...advice, ''];
}

function arrivalLines({ columns }: Style, what: string, { came, went }: Arrivals): string[] {
  const line = (ids: readonly string[], where: string) =>
    ids.length === 0
      ? []
      : [...wrap(`${what} only in the ${where} report: ${few(ids.map(oneLine), 5)}`, columns, 0, 2)];
  const lines = [...line(came, 'new'), ...line(went, 'old')];
  return lines.length === 0 ? [] : [...lines, ''];
}

function conclusion(diff: ReportDiff, { columns, paint }: Style): string[] {
  const {
    worse,
    newlyFailing,
    otherReasons,
    newlyPassing,
    newlyUntested,
    times,
    timesCompared,
    runs,
    requirements,
    premises,
  } = diff;
  const compared = `${counted(timesCompared, 'time')} to exit compared.`;
  if (worse !== undefined)
    return wrap(`worse: ${worse}. Exit status 1.`, columns, 0, 2).map((line) => paint.bold(paint.red(line)));
  const warnings = newlyFailing.length + otherReasons.length;
  const other = [premises, newlyUntested, times, runs.came, runs.went, requirements.came, requirements.went];
  const better = newlyPassing.length > 0 ? `: ${newlyPassing.length} newly passing` : '';
  const isSame = better === '' && warnings === 0 && other.every(({ length }) => length === 0);
  const unless = warnings > 0 ? ' that a MUST demands; --strict counts a SHOULD too' : '';
  const sentence = isSame
    ? `nothing changed; ${compared}`
    : `nothing got worse${unless}${better}; ${compared}`;
  return wrap(`${sentence} Exit status 0.`, columns, 0, 2).map((line) => paint.bold(paint.green(line)));
}
