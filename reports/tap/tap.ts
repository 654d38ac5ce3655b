import { exitStatus } from '../exit-status.js';
import type { FormatContext } from '../formats.js';
import { type GateResult, gateResult } from '../gate.js';
import type { Report, Verdict } from '../report.js';
import { replayCommand } from '../terminal/replay.js';
import { evidence } from '../text/evidence.js';
import { oneLine } from '../text/printable.js';
import { fixes } from '../text/remedy.js';
import { bailOut, point, type TestPoint } from './test-point.js';

/**
 * The report as TAP, version 14 (https://testanything.org/tap-version-14-specification.html): a test point for each
 * verdict, by runs, with the plan before them. No subtests: what reads TAP 13 passes over them (Perl's TAP::Parser), and
 * would count runs instead of verdicts. Nothing in it is new in version 14, so that such a reader can be given it too.
 *
 * A point that is `not ok` and no TODO is there exactly when the exit status is not 0: what was interrupted, or could
 * not be tested at all, is a point of its own. An interruption is also a `Bail out!`.
 */
export function toTap(report: Report, context: FormatContext): string {
  const runs = new Set([...report.runs.map(({ id }) => id), ...report.verdicts.map(({ run }) => run)]);
  const gate = gateResult(report, context);
  const groups = [...runs].map((run) => ({
    title: run,
    points: report.verdicts
      .filter((verdict) => verdict.run === run)
      .map((verdict) => pointOf(report, verdict, context, gate)),
  }));
  const blamed = groups.some(({ points }) => points.some(({ ok, directive }) => !ok && !directive));
  const isInterrupted = report.outcome === 'interrupted';
  if (isInterrupted || (!blamed && exitStatus(report, context) !== 0))
    groups.push({ title: 'signal-conformance', points: [untestable(report)] });
  let number = 0;
  const lines = groups.flatMap(({ title, points }) => [
    `# ${oneLine(title)}`,
    ...points.flatMap((one) => {
      number += 1;
      return point(number, one);
    }),
  ]);
  const end = isInterrupted ? [bailOut(report.reason ?? 'not all runs were played')] : [];
  return `${['TAP version 14', `1..${number}`, ...lines, ...end].join('\n')}\n`;
}

function pointOf(
  report: Report,
  verdict: Verdict,
  context: FormatContext,
  { standing, entry, isSometimes }: GateResult,
): TestPoint {
  const { id, outcome, message, level } = verdict;
  const diagnostics = () => details(report, verdict, context);
  const skip = (why: string): TestPoint => ({
    ok: true,
    name: id,
    directive: ['SKIP', `${why}: ${message}`],
  });
  // `not ok` with TODO does not fail a test run: what TAP has for a warning.
  const todo = (why: string): TestPoint => ({
    ok: false,
    name: id,
    directive: ['TODO', `${why}: ${message}`],
    diagnostics: diagnostics(),
  });
  switch (standing(verdict)) {
    case 'passes':
      return isSometimes(verdict)
        ? { ok: true, name: id, diagnostics: { message: passedThisTime(context) } }
        : { ok: true, name: id };
    case 'not-applicable':
      return skip('not applicable');
    case 'fails':
    case 'changed':
    case 'open':
      return { ok: false, name: id, diagnostics: diagnostics() };
    case 'stale':
      return { ok: false, name: id, diagnostics: staleDetails(entry(verdict)?.message, context) };
    case 'untested':
      return skip('untested');
    case 'known':
      return outcome === 'untested'
        ? skip('untested, as known')
        : todo(isSometimes(verdict) ? 'known, sometimes' : 'known');
    case 'later-edition':
      return outcome === 'untested' ? skip('untested') : todo('not demanded yet');
    case 'warns':
      return todo(`warning (${level})`);
  }
}

const passedThisTime = ({ baseline }: FormatContext) =>
  `it passed this time; ${baseline?.name ?? 'the baseline'} lists it as failing sometimes`;

function staleDetails(listed: string | undefined, { baseline }: FormatContext) {
  const message = `it passes, and ${baseline?.name ?? 'the baseline'} lists it as failing`;
  return { message, listed, fix: 'play again with --update-baseline, which removes it' };
}

function untestable(report: Report): TestPoint {
  const message = report.reason ?? `the outcome is "${report.outcome}"`;
  const diagnostics = { message, severity: report.outcome, output: report.output };
  return { ok: false, name: 'the target was tested to the end', diagnostics };
}

function details(report: Report, verdict: Verdict, { requirements, replayOptions = [] }: FormatContext) {
  const text = requirements.find(({ id }) => id === verdict.requirement);
  const runs = [verdict.run, ...(verdict.comparedWith === undefined ? [] : [verdict.comparedWith])];
  return {
    message: verdict.message,
    severity: verdict.outcome,
    level: verdict.level,
    demanded: text?.statement,
    expected: verdict.expected,
    observed: verdict.observed,
    timeline: evidence(report, verdict, 12).flatMap(({ time, words, output }) => [
      `${time}  ${words}`,
      ...output.map((written) => `${time}  | ${written}`),
    ]),
    why: text?.because,
    fix: text && fixes(text.remedy, report.target.command).join(' '),
    again: replayCommand(report.target, runs, replayOptions, Number.POSITIVE_INFINITY).join(' '),
  };
}
