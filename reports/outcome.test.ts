import { expect, test } from 'vitest';
import { exitStatus } from './exit-status.js';
import { outcomeOf, summaryOf } from './outcome.js';
import type { Report, Verdict } from './report.js';
import { allReports } from './samples.js';

function verdicts(...given: readonly `${Verdict['level']} ${Verdict['outcome']}`[]): Verdict[] {
  return given.map((one) => {
    const [level, outcome] = one.split(' ') as [Verdict['level'], Verdict['outcome']];
    return {
      id: 'a.b@c/SIGTERM',
      requirement: 'a.b',
      run: 'c/SIGTERM',
      level,
      outcome,
      message: 'm',
      evidence: [],
    };
  });
}

const table: readonly [string, Verdict[], Report['outcome'], 0 | 1 | 3, 0 | 1 | 3][] = [
  ['all passed', verdicts('MUST pass', 'SHOULD pass'), 'conformant', 0, 0],
  ['a failed SHOULD is a warning, unless strict', verdicts('MUST pass', 'SHOULD fail'), 'conformant', 0, 1],
  ['a failed MAY is a warning, strict or not', verdicts('MUST pass', 'MAY fail'), 'conformant', 0, 0],
  ['a failed MUST', verdicts('MUST pass', 'MUST fail'), 'nonconformant', 1, 1],
  ['a failed MUST outweighs an untested one', verdicts('MUST untested', 'MUST fail'), 'nonconformant', 1, 1],
  ['an untested MUST', verdicts('MUST pass', 'MUST untested'), 'untested', 3, 3],
  ['an untested MUST and a failed SHOULD', verdicts('MUST untested', 'SHOULD fail'), 'untested', 3, 1],
  ['an untested SHOULD', verdicts('MUST pass', 'SHOULD untested'), 'conformant', 0, 0],
  ['nothing at all', [], 'untested', 3, 3],
  ['nothing that applies', verdicts('MUST not-applicable'), 'untested', 3, 3],
];

test.each(table)('%s', (_what, given, outcome, status, strictStatus) => {
  const report = { outcome: outcomeOf(given).outcome, verdicts: given };
  expect(report.outcome).toBe(outcome);
  expect(exitStatus(report, { strict: false })).toBe(status);
  expect(exitStatus(report, { strict: true })).toBe(strictStatus);
});

test('where nothing was judged, the reason says so; where a verdict says it, there is none', () => {
  expect(outcomeOf([]).reason).toMatch(/no requirement could be judged/);
  expect(outcomeOf(verdicts('MUST untested')).reason).toBeUndefined();
});

test('an interrupted report never means 0 or 1, however its verdicts look', () => {
  expect(exitStatus({ outcome: 'interrupted', verdicts: verdicts('MUST pass') }, { strict: false })).toBe(3);
  expect(exitStatus({ outcome: 'interrupted', verdicts: verdicts('MUST fail') }, { strict: true })).toBe(3);
});

test('a failed SHOULD or MAY is counted as a warning', () => {
  const given = verdicts(
    'MUST pass',
    'MUST fail',
    'SHOULD fail',
    'MAY fail',
    'MAY untested',
    'MUST not-applicable',
  );
  expect(summaryOf(given)).toEqual({ pass: 1, fail: 1, warn: 2, untested: 1, notApplicable: 1 });
});

test.each(['conformant', 'nonconformant', 'partlyUntested'] as const)(
  'the sample %s has the outcome of its verdicts',
  (name) => {
    expect(allReports[name].outcome).toBe(outcomeOf(allReports[name].verdicts).outcome);
  },
);
