import { expect, test } from 'vitest';
import { judgeOne } from '../../judge.js';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { repeatForces } from './forces.js';

const interrupt = (atMs: number): Written => ({ type: 'signal', signal: 'SIGINT', pid: 7, atMs });
const gone = (atMs: number, sinceMs = atMs): Written => ({ type: 'gone', atMs, sinceMs });
const given: Given = {
  run: { scenario: 'second-interrupt', signal: 'SIGINT' },
  contract: { deadlineMs: 5000 },
};

const judge = (events: readonly Written[], other: Given = given) =>
  verdictOf(repeatForces, recordingOf([{ type: 'spawned', pid: 7, atMs: 0 }, ...events], other));

test('a target that is gone at once after the second SIGINT passes', () => {
  expect(judge([interrupt(100), interrupt(1200), gone(1300)])).toMatchObject({
    outcome: 'pass',
    evidence: [1, 2, 3],
  });
});

test('a target that sits on fails', () => {
  expect(judge([interrupt(100), interrupt(1200), gone(5100)])).toMatchObject({
    outcome: 'fail',
    message:
      'A second SIGINT, 1.1 s after the first, did not force the end: the target was gone only 3.9 s after it.',
    evidence: [1, 2, 3],
  });
});

test('an end whose error bar straddles the bound is untested', () => {
  expect(judge([interrupt(100), interrupt(1200), gone(1750, 1600)])).toMatchObject({
    outcome: 'untested',
    straddles: true,
  });
});

test('a recording without an end is untested', () => {
  expect(judge([interrupt(100), interrupt(1200)]).outcome).toBe('untested');
});

test.each<[string, readonly Written[], Given]>([
  ['only one SIGINT was sent', [interrupt(100), gone(5100)], given],
  ['the second SIGINT came too soon', [interrupt(100), interrupt(600), gone(5100)], given],
  ['the target was gone before the second SIGINT', [interrupt(100), gone(900), interrupt(1200)], given],
  [
    'the deadline is too near',
    [interrupt(100), interrupt(1200), gone(1800)],
    { ...given, contract: { deadlineMs: 1700 } },
  ],
  [
    'the harness ended it',
    [interrupt(100), interrupt(1200), { type: 'ended-by-harness', reason: '', pids: [7], atMs: 6000 }],
    given,
  ],
  ['the run is another', [interrupt(100), interrupt(1200), gone(5100)], {}],
])('does not apply where %s', (_, events, other) => {
  expect(judge(events, other).outcome).toBe('not-applicable');
});

test('a second SIGINT that a busy machine sent late is judged where the end came before the deadline', () => {
  const short: Given = { ...given, contract: { deadlineMs: 2000 } };
  expect(judge([interrupt(100), interrupt(1500), gone(1510)], short).outcome).toBe('pass');
  expect(judge([interrupt(100), interrupt(1500), gone(2110)], short)).toMatchObject({
    outcome: 'untested',
    straddles: true,
  });
});

test('only a SIGINT that reached the target counts', () => {
  const lost = { ...interrupt(1200), error: 'ESRCH' } as Written;
  const term = { ...interrupt(1200), signal: 'SIGTERM' } as Written;
  expect(judge([interrupt(100), lost, gone(5100)]).outcome).toBe('not-applicable');
  expect(judge([interrupt(100), term, gone(5100)]).outcome).toBe('not-applicable');
});

test('a second after the first counts, less does not', () => {
  expect(judge([interrupt(100), interrupt(1100), gone(1200)]).outcome).toBe('pass');
  expect(judge([interrupt(100), interrupt(1099), gone(1200)]).outcome).toBe('not-applicable');
  // It may have been a second: the call took a while.
  const slow = { ...interrupt(1110), beforeMs: 1090 } as Written;
  expect(judge([interrupt(100), slow, gone(1200)]).outcome).toBe('pass');
});

test('an end that was seen together with the second SIGINT was not forced by it', () => {
  expect(judge([interrupt(100), interrupt(1200), gone(1200)]).outcome).toBe('not-applicable');
});

const short: Given = { ...given, contract: { deadlineMs: 2000, toleranceMs: 250 } };

test('a late end is told from the deadline while the time to force and the tolerance are over before it', () => {
  expect(judge([interrupt(100), interrupt(1349), gone(2100)], short).outcome).toBe('fail');
  expect(judge([interrupt(100), interrupt(1350), gone(2100)], short)).toMatchObject({
    outcome: 'untested',
    message: expect.stringContaining('the deadline is so near'),
    straddles: true,
  });
});

test('the deadline counts from when the first SIGINT may have come', () => {
  const slow = { ...interrupt(100), beforeMs: 50 } as Written;
  expect(judge([slow, interrupt(1299), gone(2100)], short).outcome).toBe('fail');
  expect(judge([slow, interrupt(1300), gone(2100)], short).outcome).toBe('untested');
});

test('near the deadline, what was gone before the deadline could end it was forced', () => {
  expect(judge([interrupt(100), interrupt(1400), gone(1849)], short).outcome).toBe('pass');
  expect(judge([interrupt(100), interrupt(1400), gone(1850)], short).outcome).toBe('untested');
});

test('another try is worth it only with a deadline in which a forced end could be told', () => {
  const events = [interrupt(100), interrupt(1200), gone(1700)];
  const withDeadline = (deadlineMs: number): Given => ({
    ...given,
    contract: { deadlineMs, toleranceMs: 250 },
  });
  expect(judge(events, withDeadline(1750)).outcome).toBe('not-applicable');
  expect(judge(events, withDeadline(1751))).toMatchObject({ outcome: 'untested', straddles: true });
});

test('a second SIGINT for which the harness came too late is untested, and not inapplicable', () => {
  const missed: Written = { type: 'missed', moment: 'it is sent again', reason: 'late', atMs: 2300 };
  const recording = recordingOf([interrupt(100), gone(2200), missed], given);
  expect(judgeOne(repeatForces, recording, [recording])).toMatchObject({
    outcome: 'untested',
    message: '“it is sent again” did not happen: late',
  });
});
