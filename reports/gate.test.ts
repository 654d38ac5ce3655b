import { describe, expect, test } from 'vitest';
import type { KnownVerdict } from './baseline/baseline.js';
import { exitStatus } from './exit-status.js';
import { type Gate, gateResult } from './gate.js';
import { annotations } from './github/annotations.js';
import { toJunit } from './junit/junit.js';
import { toMarkdown } from './markdown/markdown.js';
import { outcomeOf } from './outcome.js';
import type { Report, Verdict } from './report.js';
import { nonconformant } from './samples.js';
import { toTap } from './tap/tap.js';
import { renderResult } from './terminal/result.js';

function verdict(
  id: string,
  what: `${Verdict['level']} ${Verdict['outcome']}`,
  message = 'it was 3 ms late',
): Verdict {
  const [level, outcome] = what.split(' ') as [Verdict['level'], Verdict['outcome']];
  const [requirement, run] = id.split('@') as [string, string];
  return { id, requirement, run, level, outcome, message, evidence: [] };
}
const listed = (
  id: string,
  outcome: 'fail' | 'untested' = 'fail',
  message = 'it was 99 ms late',
): KnownVerdict => ({
  id,
  outcome,
  reason: '',
  message,
});
const sometimes = (id: string, message?: string): KnownVerdict => ({
  ...listed(id, 'fail', message),
  sometimes: true,
});
const known = (...entries: KnownVerdict[]): Gate => ({
  strict: false,
  baseline: { name: 'baseline.json', known: entries, isWholePlan: true },
});
const passing = verdict('b.b@idle/SIGTERM', 'MUST pass');
const id = 'a.a@idle/SIGTERM';
const reportOf = (verdicts: readonly Verdict[]): Report => ({
  ...nonconformant,
  ...outcomeOf(verdicts),
  verdicts,
});

const table: readonly [string, readonly Verdict[], Gate, string, 0 | 1 | 3][] = [
  ['a listed failure', [verdict(id, 'MUST fail')], known(listed(id)), 'known', 0],
  ['a failure that is not listed', [verdict(id, 'MUST fail')], known(listed('c.c@idle/SIGTERM')), 'fails', 1],
  ['a failure for another reason', [verdict(id, 'MUST fail', 'it crashed')], known(listed(id)), 'changed', 1],
  ['a listed failure that passes', [verdict(id, 'MUST pass')], known(listed(id)), 'stale', 1],
  [
    'one that is listed as coming and going, and fails',
    [verdict(id, 'MUST fail')],
    known(sometimes(id)),
    'known',
    0,
  ],
  ['the same, and it passes', [verdict(id, 'MUST pass')], known(sometimes(id)), 'passes', 0],
  [
    'the same, and it fails for another reason',
    [verdict(id, 'MUST fail', 'it crashed')],
    known(sometimes(id)),
    'changed',
    1,
  ],
  ['the same, and it is untested', [verdict(id, 'MUST untested')], known(sometimes(id)), 'open', 3],
  ['a listed failure that is untested', [verdict(id, 'MUST untested')], known(listed(id)), 'open', 3],
  [
    'a listed failure that does not apply',
    [verdict(id, 'MUST not-applicable')],
    known(listed(id)),
    'not-applicable',
    0,
  ],
  ['a listed untested MUST', [verdict(id, 'MUST untested')], known(listed(id, 'untested')), 'known', 0],
  [
    'one untested for another reason',
    [verdict(id, 'MUST untested', 'x')],
    known(listed(id, 'untested')),
    'open',
    3,
  ],
  [
    'one listed as untested that fails',
    [verdict(id, 'MUST fail')],
    known(listed(id, 'untested')),
    'fails',
    1,
  ],
  [
    'one listed as untested that passes',
    [verdict(id, 'MUST pass')],
    known(listed(id, 'untested')),
    'passes',
    0,
  ],
  ['a warning', [verdict(id, 'SHOULD fail')], known(), 'warns', 0],
  ['a listed warning', [verdict(id, 'SHOULD fail')], { ...known(listed(id)), strict: true }, 'known', 0],
  ['a new warning under --strict', [verdict(id, 'SHOULD fail')], { ...known(), strict: true }, 'fails', 1],
  ['a listed warning that passes', [verdict(id, 'SHOULD pass')], known(listed(id)), 'passes', 0],
  [
    'the same under --strict',
    [verdict(id, 'SHOULD pass')],
    { ...known(listed(id)), strict: true },
    'stale',
    1,
  ],
  [
    'a failure of a later edition',
    [verdict(id, 'MUST fail')],
    { strict: false, edition: { year: 2026, later: new Set(['a.a']) } },
    'later-edition',
    0,
  ],
  [
    'a failure of the edition',
    [verdict(id, 'MUST fail')],
    { strict: false, edition: { year: 2026, later: new Set(['b.b']) } },
    'fails',
    1,
  ],
];

test.each(table)('%s', (_what, verdicts, gate, standing, status) => {
  const report = reportOf([...verdicts, passing]);
  expect(gateResult(report, gate).standing(verdicts[0] as Verdict)).toBe(standing);
  expect(exitStatus(report, gate)).toBe(status);
});

test.each(table)(
  'in JUnit there is a failure or an error exactly when the status is not 0: %s',
  (_what, verdicts, gate) => {
    const report = reportOf([...verdicts, passing]);
    const isRed = /<(failure|error) /.test(toJunit(report, { ...gate, requirements: [] }));
    expect(isRed).toBe(exitStatus(report, gate) !== 0);
  },
);

test.each(table)(
  'the last sentence says the outcome and the status: %s',
  (_what, verdicts, gate, _standing, status) => {
    const report = reportOf([...verdicts, passing]);
    const options = { ...gate, columns: 100, color: false, verbose: false, quiet: true };
    const shown = renderResult(report, [], options).replaceAll(/\s+/g, ' ');
    expect(shown).toContain(`Exit status ${status}.`);
    expect(shown).toContain(`${report.outcome}`);
    if (status === 0 && report.outcome !== 'conformant') expect(shown).toContain(', as known: 1 ');
  },
);

describe('repeats and places of the start', () => {
  test('a failure at another place of the grid is known, and at none is nothing to be removed', () => {
    const gate = known(listed('a.a@early-grid/SIGTERM-07'));
    const at = (place: string, what: 'MUST fail' | 'MUST pass') =>
      verdict(`a.a@early-grid/SIGTERM-${place}`, what);
    expect(exitStatus(reportOf([at('07', 'MUST pass'), at('09', 'MUST fail')]), gate)).toBe(0);
    const none = reportOf([at('07', 'MUST pass'), at('09', 'MUST pass')]);
    expect(exitStatus(none, gate)).toBe(0);
    expect(gateResult(none, gate).unused).toMatchObject([{ how: 'not-seen' }]);
    expect(exitStatus(reportOf([verdict('a.a@early-grid/SIGINT-07', 'MUST fail')]), gate)).toBe(1);
  });

  test('one repeat that fails as listed is enough, and none is too few', () => {
    const gate = known(listed(id));
    const of = (...what: ('MUST fail' | 'MUST pass')[]) =>
      reportOf(what.map((one, index) => verdict(`${id}#${index + 1}`, one)));
    expect(exitStatus(of('MUST pass', 'MUST fail'), gate)).toBe(0);
    expect(exitStatus(of('MUST pass', 'MUST pass'), gate)).toBe(1);
  });
});

test('of what comes and goes no reason is stale, and that it passed is told', () => {
  const gate = known(sometimes(`${id}#1`), sometimes(`${id}#2`, 'it crashed'));
  const hows = (report: Report, by = gate) => gateResult(report, by).unused.map(({ how }) => how);
  const passes = reportOf([verdict(id, 'MUST pass'), passing]);
  expect(hows(passes)).toEqual(['passes-sometimes', 'passes-sometimes']);
  const fails = reportOf([verdict(id, 'MUST fail'), passing]);
  expect([hows(fails), exitStatus(fails, gate)]).toEqual([['fails-otherwise'], 0]);
  // Of two reasons that are always there, one shows in a single play.
  const turns = known(listed(`${id}#1`), listed(`${id}#2`, 'fail', 'it crashed'));
  expect([hows(fails, turns), exitStatus(fails, turns)]).toEqual([['fails-otherwise'], 0]);
  expect(exitStatus(passes, turns)).toBe(1);
});

test('each format says what comes and goes, failing and passing', () => {
  const gate = known(sometimes(id));
  const context = { ...gate, requirements: [] };
  const shown = (report: Report) => ({
    junit: toJunit(report, context),
    tap: toTap(report, context),
    markdown: toMarkdown(report, context),
    terminal: renderResult(report, [], { ...gate, columns: 200, color: false, verbose: false, quiet: false }),
    annotations: annotations(report, context),
  });
  const fails = shown(reportOf([verdict(id, 'MUST fail'), passing]));
  expect(fails.junit).toContain(
    '<skipped message="sometimes, known (listed in baseline.json): it was 3 ms late"/>',
  );
  expect(fails.tap).toContain(`not ok 1 - ${id} # TODO known, sometimes: it was 3 ms late`);
  expect(fails.terminal).toContain('a.a (sometimes, MUST, in 1 run)');
  expect(fails.markdown).toContain('Known: 1 verdict, listed in `baseline.json`.');
  const passes = shown(reportOf([verdict(id, 'MUST pass'), passing]));
  expect(passes.junit).toContain(`passed this time: ${id}\nbaseline.json lists it as failing sometimes`);
  expect(passes.tap).toContain('message: "it passed this time; baseline.json lists it as failing sometimes"');
  expect(passes.terminal).toContain(
    `remark: listed in baseline.json, but it passed this time: it is listed as failing sometimes: ${id}`,
  );
  expect(passes.markdown).toContain(
    'Passed this time: 1 of what `baseline.json` lists as failing sometimes.',
  );
  expect([fails.annotations, passes.annotations]).toEqual(['', '']);
});

test('what was not played is told where all was planned, and otherwise nothing', () => {
  const gate = known(listed('a.a@gone/SIGTERM'));
  const report = reportOf([passing]);
  expect(gateResult(report, gate).unused).toMatchObject([{ how: 'not-played' }]);
  const part: Gate = {
    strict: false,
    baseline: { name: 'b', known: [listed('a.a@gone/SIGTERM')], isWholePlan: false },
  };
  expect(gateResult(report, part).unused).toEqual([]);
  expect([exitStatus(report, gate), exitStatus(report, part)]).toEqual([0, 0]);
});

test('no baseline covers a target that was not started, an interruption, or that nothing was judged', () => {
  const gate = known(listed(id, 'untested'));
  expect(exitStatus({ outcome: 'untested', verdicts: [] }, gate)).toBe(3);
  expect(exitStatus({ outcome: 'untested', verdicts: [verdict(id, 'MUST untested')] }, gate)).toBe(3);
  expect(
    exitStatus({ outcome: 'interrupted', verdicts: [verdict(id, 'MUST untested'), passing] }, gate),
  ).toBe(3);
});

test('JUnit names what is stale, as a failure of its own', () => {
  const report = reportOf([verdict(id, 'MUST pass'), passing]);
  const xml = toJunit(report, { ...known(listed(id)), requirements: [] });
  expect(xml).toMatch(/<testsuite [^>]*name="baseline"/);
  expect(xml).toContain('It passes now, and baseline.json lists it as failing');
  expect(xml).not.toContain('the target was tested to the end');
});
