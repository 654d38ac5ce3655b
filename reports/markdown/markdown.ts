import { duration } from '../../suites/facts/time.js';
import { exitStatus } from '../exit-status.js';
import type { FormatContext } from '../formats.js';
import { gateResult } from '../gate.js';
import type { Report, Verdict } from '../report.js';
import { counts, sentence } from '../terminal/conclusion.js';
import { failureBlock } from '../terminal/failure.js';
import { remarksSection, untestedSection } from '../terminal/open.js';
import { counted, failures, type Group, type View, viewOf } from '../terminal/view.js';
import { printable, shellWord } from '../text/printable.js';
import { clip } from '../text/width.js';
import { codeBlock, codeElement, codeSpan, folded } from './escape.js';
import { fitting } from './fitting.js';

const columns = 100;
/** A reader of a summary looks at a few failures; the others are counted. */
const mostFailures = 50;

/**
 * The report as short Markdown for GitHub's step summaries, and for comments of GitHub, GitLab and Gitea: the outcome in one
 * sentence, counts, a table of what failed, each failure as the terminal shows it, folded, and what was not tested. It
 * fits into a comment of GitHub (65,536 characters), which is far less than a step summary may have (1 MiB).
 */
export function toMarkdown(report: Report, context: FormatContext): string {
  const { strict, requirements, replayOptions = [] } = context;
  const options = { ...context, columns, color: false, verbose: false, quiet: false, strict, replayOptions };
  const view = viewOf(report, requirements, options);
  const { standing, stale, unused } = gateResult(report, context);
  const passing = unused.filter(({ how }) => how === 'passes-sometimes');
  const isNews = (verdict: Verdict) => ['fails', 'changed', 'warns'].includes(standing(verdict));
  const groups = failures({ ...report, verdicts: report.verdicts.filter(isNews) });
  const known = report.verdicts.filter((verdict) => ['known', 'later-edition'].includes(standing(verdict)));
  const shown = groups.slice(0, mostFailures);
  const always = [
    `### signal-conformance: ${report.outcome}`,
    ...outcome(view),
    about(report),
    counts(view).join(' ').replaceAll(/ +/g, ' '),
    ...(groups.length > 0 ? [table(view, shown)] : []),
    ...(stale.length > 0 ? [staleLines(stale, context)] : []),
    ...(known.length > 0 ? [knownLine(known, context)] : []),
    ...(passing.length > 0 ? [sometimesLine(passing.length, context)] : []),
    ...inOrder(report, groups.length + known.length > 0),
  ];
  const folds = [...shown.map((group) => failure(view, group)), ...untested(view), ...remarks(view)];
  return `${fitting(always, folds, groups.length - shown.length).join('\n\n')}\n`;
}

function outcome({ report, options }: View): string[] {
  const ending = report.outcome === 'interrupted' ? '' : ` Exit status ${exitStatus(report, options)}.`;
  // A reason can quote the target.
  if (report.reason === undefined) return [`**${sentence(report, options)}**${ending}`];
  const output = report.output ?? [];
  const lines = output.slice(-20).map((line) => clip(printable(line), columns));
  return [
    `**${report.outcome}:** ${codeSpan(report.reason, 500)}${ending}`,
    ...(lines.length > 0 ? ['The last lines of its output:', codeBlock(lines)] : []),
  ];
}

function about({ target, version }: Report): string {
  const { name, command, client = [], contract } = target;
  const words = client.length > 0 ? [...command, '--', ...client] : command;
  const what = codeSpan(words.map(shellWord).join(' '), 400);
  const named = name === undefined ? '' : `${codeSpan(name, 200)}: `;
  return `Tested: ${named}${what}; stops on ${contract.stopSignals.join(', ')}; deadline ${duration(contract.deadlineMs)}; signal-conformance ${version}.`;
}

/** What is known is not shown again. */
function knownLine(known: readonly Verdict[], { baseline, edition }: FormatContext): string {
  const places = [
    ...(baseline === undefined ? [] : [`listed in ${codeSpan(baseline.name, 200)}`]),
    ...(edition === undefined ? [] : [`not demanded yet in ${edition.year}`]),
  ];
  return `Known: ${counted(known.length, 'verdict')}, ${places.join(' or ')}.`;
}

function sometimesLine(count: number, { baseline }: FormatContext): string {
  const name = codeSpan(baseline?.name ?? '', 200);
  return `Passed this time: ${count} of what ${name} lists as failing sometimes.`;
}

function staleLines(stale: readonly { readonly id: string }[], { baseline }: FormatContext): string {
  const shown = stale.slice(0, mostFailures).map(({ id }) => `- ${codeSpan(id, 200)}`);
  const left = stale.length > shown.length ? [`- and ${stale.length - shown.length} more`] : [];
  const name = codeSpan(baseline?.name ?? '', 200);
  return [
    `Listed in ${name} as failing, and passing (play again with \`--update-baseline\`):`,
    '',
    ...shown,
    ...left,
  ].join('\n');
}

function table({ options, report }: View, groups: readonly Group[]): string {
  const { standing } = gateResult(report, options);
  const rows = groups.map(({ requirement, level, verdicts }) => {
    const [first] = verdicts;
    const cells = [
      standing(first) === 'warns' ? 'warning' : 'fails',
      `${codeElement(requirement, 80)} (${level})`,
      `${codeElement(first.run, 80)}${verdicts.length > 1 ? ` and ${verdicts.length - 1} more` : ''}`,
      codeElement(first.message, 200),
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const head = ['', 'requirement', 'run', 'what happened'].map((title) => `<th>${title}</th>`).join('');
  return ['<table>', `<tr>${head}</tr>`, ...rows, '</table>'].join('\n');
}

function failure(view: View, group: Group): string {
  const [{ requirement, level }] = group.verdicts;
  const runs = group.verdicts.length > 1 ? `, in ${counted(group.verdicts.length, 'run')}` : '';
  const summary = `${codeElement(requirement, 80)} (${level}${runs})`;
  return folded(summary, codeBlock(trimmed(failureBlock(view, group))));
}

function untested(view: View): string[] {
  const { verdicts } = view.report;
  const lines = trimmed(untestedSection(view));
  if (lines.length === 0) return [];
  const { standing } = gateResult(view.report, view.options);
  const must = verdicts.filter((verdict) => standing(verdict) === 'open').length;
  const all = verdicts.filter((verdict) => verdict.outcome === 'untested').length;
  const which = must > 0 ? `, ${must} of them although a MUST demands it` : '';
  return [folded(`not tested: ${counted(all, 'verdict')}${which}`, codeBlock(lines))];
}

function remarks(view: View): string[] {
  const lines = trimmed(remarksSection(view));
  return lines.length === 0 ? [] : [folded('how it was tested', codeBlock(lines))];
}

/** What conforms, in one line. */
function inOrder({ verdicts }: Report, others: boolean): string[] {
  const bad = new Set(
    verdicts
      .filter(({ outcome: one }) => one === 'fail' || one === 'untested')
      .map(({ requirement }) => requirement),
  );
  const passed = new Set(
    verdicts.filter(({ outcome: one }) => one === 'pass').map(({ requirement }) => requirement),
  );
  const good = [...passed].filter((requirement) => !bad.has(requirement));
  if (good.length === 0) return [];
  const which = others ? 'other requirement' : 'requirement';
  return [`Conformant in all runs: ${counted(good.length, which)}.`];
}

function trimmed(lines: readonly string[]): string[] {
  const end = lines.findLastIndex((line) => line !== '');
  return lines.slice(0, end + 1);
}
