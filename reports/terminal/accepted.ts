import type { KnownVerdict } from '../baseline/baseline.js';
import type { Outdated } from '../baseline/outdated.js';
import { type Gate, gateResult, type Standing } from '../gate.js';
import type { Report, Verdict } from '../report.js';
import type { Paint } from '../text/colors.js';
import { oneLine } from '../text/printable.js';
import { labelled, wrap } from '../text/wrap.js';
import { counted, few, type View } from './view.js';

/** The report without what is shown in short, because a baseline lists it, or the gate's edition did not demand it. */
export function unlisted({ report, options }: View): Report {
  const { standing } = gateResult(report, options);
  const verdicts = report.verdicts.filter((one) => !['known', 'later-edition'].includes(standing(one)));
  return { ...report, verdicts };
}

/** What the baseline lists and is so: short, since it was read when it was listed. */
export function knownSection(view: View): string[] {
  const { options, paint } = view;
  const groups = grouped(view, 'known', (verdict, entry) => `${verdict.outcome} ${entry?.reason}`);
  if (groups.length === 0) return [];
  const title = heading(view, 'KNOWN', paint.bold, `(listed in ${oneLine(options.baseline?.name ?? '')})`);
  return [...title, ...groups.flatMap((group) => entryLines(view, group)), ''];
}

/** What fails or is untested of requirements that the edition of the gate did not have yet. */
export function laterSection(view: View): string[] {
  const { options, paint } = view;
  const groups = grouped(view, 'later-edition', ({ outcome }) => outcome);
  if (groups.length === 0) return [];
  const why = `(not demanded yet in ${options.edition?.year}, the edition of this gate)`;
  return [
    ...heading(view, 'LATER', paint.bold, why),
    ...groups.flatMap((group) => entryLines(view, group)),
    '',
  ];
}

/** What is listed as failing and passes: it fails the gate, so that the list stays true. */
export function staleSection(view: View): string[] {
  const { report, options, paint, columns } = view;
  const { stale } = gateResult(report, options);
  if (stale.length === 0) return [];
  const name = oneLine(options.baseline?.name ?? '');
  const why = `(passes, and is listed in ${name} as failing)`;
  const title = (text: string) => heading(view, 'STALE', (word) => paint.red(paint.bold(word)), text);
  if (options.quiet) return title(`${why}: ${stale.length}`);
  return [
    ...title(why),
    ...stale.flatMap(({ id, message }) => [
      ...wrap(oneLine(id), columns, 2, 2),
      ...labelled('listed', oneLine(message), columns, 4),
    ]),
    ...labelled('fix', 'it was repaired: play again with --update-baseline, which removes it', columns),
    '',
  ];
}

/** A word that is coloured, which no text of a line may be when it is broken, and what it means. */
function heading({ columns }: View, word: string, paint: Paint, text: string): string[] {
  const [first = '', ...others] = wrap(`${word}: ${text}`, columns, 0, 2);
  return [`${paint(word)}  ${first.slice(word.length + 2)}`, ...others];
}

const unusedWords: Readonly<Record<Outdated, string>> = {
  passes: 'passed, and no level that this gate asks for (--strict) demands it',
  'passes-sometimes': 'passed this time: it is listed as failing sometimes',
  'fails-otherwise': 'failed for another listed reason: where it was repaired, remove it by hand',
  'not-seen': 'passed at the places of the start that were chosen this time',
  tested: 'is listed as untested, and was tested on this machine',
  'not-applicable': 'did not apply in this play',
  'not-played': 'was not played, though all runs were planned: renamed, or impossible here',
};

/**
 * What a reader should know of a baseline beside its verdicts: entries that this play did not need, and what was found
 * or changed when it was read. They fail nothing; `--update-baseline` removes most of such entries.
 */
export function baselineRemarks(report: Report, gate: Gate, mostIds: number): string[] {
  const { baseline } = gate;
  if (baseline === undefined) return [];
  const { unused } = gateResult(report, gate);
  const lines = (Object.keys(unusedWords) as Outdated[]).flatMap((how) => {
    const ids = unused.filter((one) => one.how === how).map(({ entry }) => oneLine(entry.id));
    const text = `listed in ${baseline.name}, but it ${unusedWords[how]}: ${few(ids, mostIds)}`;
    return ids.length === 0 ? [] : [text];
  });
  return [...lines, ...(baseline.remarks ?? []).map((remark) => oneLine(remark))];
}

/** The same for the terminal. */
export function unusedSection({ report, options, columns }: View): string[] {
  const remarks = baselineRemarks(report, options, options.verbose ? Number.POSITIVE_INFINITY : 3);
  const lines = remarks.flatMap((remark) => wrap(`remark: ${remark}`, columns, 0, 2));
  return lines.length === 0 ? [] : [...lines, ''];
}

interface Accepted {
  readonly verdicts: readonly [Verdict, ...Verdict[]];
  readonly entry: KnownVerdict | undefined;
}

function grouped(
  { report, options }: View,
  wanted: Standing,
  by: (verdict: Verdict, entry: KnownVerdict | undefined) => string,
): Accepted[] {
  const { standing, entry, isSometimes } = gateResult(report, options);
  const groups = new Map<string, { verdicts: [Verdict, ...Verdict[]]; entry: KnownVerdict | undefined }>();
  for (const verdict of report.verdicts.filter((one) => standing(one) === wanted)) {
    const listed = entry(verdict);
    const key = `${verdict.requirement} ${verdict.level} ${isSometimes(verdict)} ${by(verdict, listed)}`;
    const group = groups.get(key);
    if (group) group.verdicts.push(verdict);
    else groups.set(key, { verdicts: [verdict], entry: listed });
  }
  return [...groups.values()];
}

function entryLines({ report, columns, options }: View, { verdicts, entry }: Accepted): string[] {
  const [first] = verdicts;
  const { requirement, level, outcome } = first;
  const isSometimes = outcome === 'fail' && gateResult(report, options).isSometimes(first);
  const what = outcome === 'fail' ? (isSometimes ? 'sometimes, ' : '') : `${outcome}, `;
  const runs = verdicts.map(({ run }) => oneLine(run));
  return [
    ...wrap(`${requirement}  (${what}${level}, in ${counted(runs.length, 'run')})`, columns, 2, 2),
    ...labelled('runs', options.verbose ? runs.join(', ') : few(runs, 3), columns, 4),
    ...(entry?.reason ? labelled('reason', oneLine(entry.reason), columns, 4) : []),
  ];
}
