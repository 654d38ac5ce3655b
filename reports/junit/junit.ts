import type { KnownVerdict } from '../baseline/baseline.js';
import { exitStatus } from '../exit-status.js';
import type { FormatContext } from '../formats.js';
import { type GateResult, gateResult } from '../gate.js';
import type { Report, ReportRun, Verdict } from '../report.js';
import { areaOf } from '../requirement-text.js';
import { evidence } from '../text/evidence.js';
import { oneLine, printable } from '../text/printable.js';
import { element, parent } from './xml.js';

type Result = 'passed' | 'failed' | 'error' | 'skipped';

/** Neither XSD has a place for a warning: it passes here, and the suite's `<system-out>` says it. */
interface Case {
  readonly result: Result;
  readonly xml: string;
  readonly warning?: string;
}

/**
 * The report as JUnit XML: a suite for each run, a case for each verdict. It stays within what the two common schemas
 * (the one for Ant and the one of Jenkins' xUnit plugin) both allow. There is no failure and no error in it exactly when
 * the exit status is 0: what was interrupted, or could not be tested at all, is an error of its own.
 */
export function toJunit(report: Report, options: FormatContext): string {
  const gate = gateResult(report, options);
  const runs = new Map(report.runs.map((run) => [run.id, run]));
  const ids = new Set([...runs.keys(), ...report.verdicts.map(({ run }) => run)]);
  const suites = [...ids].map((id) => {
    const cases = report.verdicts
      .filter(({ run }) => run === id)
      .map((verdict) => caseOf(report, verdict, options, gate));
    return { name: id, run: runs.get(id), cases };
  });
  if (gate.stale.length > 0)
    suites.push({
      name: 'baseline',
      run: undefined,
      cases: gate.stale.map((entry) => staleCase(report, entry, options)),
    });
  const blamed = suites.some(({ cases }) =>
    cases.some(({ result }) => result === 'failed' || result === 'error'),
  );
  if (report.outcome === 'interrupted' || (!blamed && exitStatus(report, options) !== 0))
    suites.push({ name: 'signal-conformance', run: undefined, cases: [untestable(report)] });
  const xml = suites.map(({ name, run, cases }, index) => suite(report, { name, run, cases, index }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${parent('testsuites', {}, xml)}\n`;
}

function suite(
  report: Report,
  given: { name: string; run: ReportRun | undefined; cases: readonly Case[]; index: number },
): string {
  const { name, run, cases, index } = given;
  const count = (result: Result) => cases.filter((one) => one.result === result).length;
  const attributes = {
    id: index,
    package: 'signal-conformance',
    name: oneLine(name),
    // The Ant schema allows no zone and no fraction; UTC, as the JSON report.
    timestamp: report.startedAt.slice(0, 19),
    // The Ant schema demands a name, and `localhost` where it is not known. It is nobody's business here.
    hostname: 'localhost',
    tests: cases.length,
    failures: count('failed'),
    errors: count('error'),
    skipped: count('skipped'),
    time: seconds(run?.durationMs ?? 0),
  };
  const warnings = cases.flatMap(({ warning }) => (warning === undefined ? [] : [warning]));
  return parent('testsuite', attributes, [
    parent('properties', {}, properties(report, run)),
    ...cases.map(({ xml }) => xml),
    element('system-out', {}, warnings.join('\n\n')),
    element('system-err', {}),
  ]);
}

function properties(report: Report, run: ReportRun | undefined): string[] {
  const { name, command, protocol, contract } = report.target;
  const pairs: [string, string][] = [
    ['version', report.version],
    ...(name === undefined ? [] : [['target', name] as [string, string]]),
    ['command', JSON.stringify(command)],
    ['protocol', protocol],
    ['deadlineMs', String(contract.deadlineMs)],
    ['outcome', report.outcome],
  ];
  if (run) pairs.push(['scenario', run.scenario]);
  if (run?.signal) pairs.push(['signal', run.signal]);
  return pairs.map(([name, value]) => element('property', { name, value: oneLine(value) }));
}

function caseOf(report: Report, verdict: Verdict, options: FormatContext, gate: GateResult): Case {
  const message = oneLine(verdict.message);
  const standing = gate.standing(verdict);
  const entry = gate.entry(verdict);
  const listed = standing === 'changed' && entry ? `\nlisted as: ${entry.message}` : '';
  const body = printable(details(report, verdict, options) + listed);
  const often = verdict.outcome === 'fail' && gate.isSometimes(verdict) ? 'sometimes, ' : '';
  const skipped = (why: string) =>
    testcase(report, verdict, 'skipped', element('skipped', { message: `${why}: ${message}` }));
  switch (standing) {
    case 'fails':
    case 'changed':
      return testcase(report, verdict, 'failed', element('failure', { message, type: verdict.level }, body));
    case 'open':
      return testcase(report, verdict, 'error', element('error', { message, type: 'untested' }, body));
    case 'warns':
      return {
        ...testcase(report, verdict, 'passed'),
        warning: `warning (${verdict.level}): ${verdict.id}\n${body}`,
      };
    case 'known':
      return skipped(`${often}known (${oneLine(entry?.reason || `listed in ${options.baseline?.name}`)})`);
    case 'later-edition':
      return skipped(`not demanded in the edition of ${options.edition?.year}`);
    case 'untested':
      return skipped('untested');
    case 'not-applicable':
      return skipped('not applicable');
    default:
      return {
        ...testcase(report, verdict, 'passed'),
        ...(gate.isSometimes(verdict) && { warning: passedThisTime(verdict, options) }),
      };
  }
}

function passedThisTime({ id }: Verdict, { baseline }: FormatContext): string {
  return `passed this time: ${oneLine(id)}\n${oneLine(baseline?.name ?? '')} lists it as failing sometimes`;
}

/** A failure of its own: the verdict itself passes. */
function staleCase(report: Report, { id, message }: KnownVerdict, { baseline }: FormatContext): Case {
  const text = `It passes now, and ${baseline?.name} lists it as failing: --update-baseline removes it.`;
  const body = printable(`${text}\nlisted as: ${message}`);
  const child = element('failure', { message: oneLine(text), type: 'stale' }, body);
  return testcase(report, { id, requirement: 'baseline' }, 'failed', child);
}

function testcase(
  { target }: Report,
  verdict: Pick<Verdict, 'id' | 'requirement'>,
  result: Result,
  child?: string,
): Case {
  // Readers know a case by its class and name: two targets of one file have the same verdicts.
  const of = target.name === undefined ? '' : `.${target.name}`;
  const classname = `signal-conformance${of}.${areaOf(verdict.requirement)}`;
  // Judging takes no time worth telling; the run's time is the suite's.
  const attributes = { name: oneLine(verdict.id), classname: oneLine(classname), time: 0 };
  const xml = child === undefined ? element('testcase', attributes) : parent('testcase', attributes, [child]);
  return { result, xml };
}

function untestable(report: Report): Case {
  const message = oneLine(report.reason ?? `the outcome is "${report.outcome}"`);
  const details = [report.reason ?? '', ...(report.output ?? [])].join('\n');
  const child = element('error', { message, type: report.outcome }, printable(details));
  const test = { id: 'the target was tested to the end', requirement: 'survey' };
  return testcase(report, test, 'error', child);
}

function details(report: Report, verdict: Verdict, { requirements }: FormatContext): string {
  const text = requirements.find(({ id }) => id === verdict.requirement);
  const lines = [
    verdict.message,
    text && `demanded: ${text.statement}`,
    verdict.expected !== undefined && `expected: ${verdict.expected}`,
    verdict.observed !== undefined && `observed: ${verdict.observed}`,
    ...evidence(report, verdict, 12).flatMap(({ time, words, output }) => [
      `  ${time}  ${words}`,
      ...output.map((written) => `      | ${written}`),
    ]),
    text && `why: ${text.because}`,
    text && `fix: ${text.remedy.general}`,
  ];
  return lines.filter((line) => typeof line === 'string').join('\n');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
