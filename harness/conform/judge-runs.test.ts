import { expect, test } from 'vitest';
import type { Judgement, Requirement } from '../../suites/requirement.js';
import { recordingOf } from '../../suites/testing/recording-builder.js';
import { judgeRuns } from './judge-runs.js';

const run = recordingOf([
  { type: 'signal', signal: 'SIGTERM', pid: 1, atMs: 10 },
  { type: 'exit', pid: 1, code: 0, signal: null, atMs: 20 },
]);

/** How a judgement stands in the report. */
function judged(judgement: Judgement) {
  const requirement: Requirement = {
    id: 'exit.fake',
    level: 'MUST',
    since: 2026,
    statement: 's',
    because: 'b',
    remedy: { general: 'r' },
    sources: [],
    judge: () => judgement,
  };
  return judgeRuns([run], [requirement])[0];
}

const base = { id: 'exit.fake@idle/SIGTERM', requirement: 'exit.fake', run: 'idle/SIGTERM', level: 'MUST' };

test('a pass has its evidence, and nothing that was expected', () => {
  expect(judged({ outcome: 'pass', message: 'm', evidence: [0, 1] })).toEqual({
    verdict: { ...base, outcome: 'pass', message: 'm', evidence: [0, 1] },
    straddles: false,
  });
});

test('a fail says what was expected and observed, at the level of this way to fail', () => {
  const fail = { outcome: 'fail', message: 'm', expected: 'e', observed: 'o', evidence: [1] } as const;
  expect(judged(fail)?.verdict).toEqual({ ...base, ...fail });
  expect(judged({ ...fail, level: 'MAY' })?.verdict).toEqual({ ...base, ...fail, level: 'MAY' });
});

test('what is not applicable has no evidence', () => {
  expect(judged({ outcome: 'not-applicable', message: 'm' })?.verdict).toEqual({
    ...base,
    outcome: 'not-applicable',
    message: 'm',
    evidence: [],
  });
});

test('an error bar that straddles the bound is worth playing again, other untested runs are not', () => {
  const untested = { outcome: 'untested', message: 'm', evidence: [0] } as const;
  expect(judged({ ...untested, straddles: true })).toEqual({
    verdict: { ...base, ...untested },
    straddles: true,
  });
  expect(judged({ ...untested, straddles: false })?.straddles).toBe(false);
  expect(judged(untested)?.straddles).toBe(false);
});
