import { expect, test } from 'vitest';
import type { Verdict } from '../../reports/report.js';
import { suitesAgain } from './suites-again.js';

const former = (requirement: string, judged?: readonly string[]) => ({
  name: 'old.json',
  report: { verdicts: [{ requirement } as Verdict], ...(judged && { judged }) },
});

test.each([
  ['in a verdict', former('house.rule')],
  ['among what was judged, though no run was played', former('exit.status', ['exit.status', 'house.rule'])],
])('a requirement of a suite that is not named is missed: %s', async (_where, report) => {
  await expect(suitesAgain([], [former('exit.status'), report])).rejects.toMatchObject({
    option: 'suite',
    expected: 'the suite of house.rule, by which old.json was judged',
    given: 'none',
  });
});

test('what the package itself no longer has is missed by nobody', async () => {
  expect(await suitesAgain([], [former('exit.of-former-times')])).toEqual([]);
});
