import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { surviveStopped } from './stopped.js';

const frozen: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'frozen', pids: [7], atMs: 90 },
  { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 100 },
];
const thawed: Written = { type: 'thawed', atMs: 600 };
const gone = (atMs: number, sinceMs = atMs): Written => ({ type: 'gone', atMs, sinceMs });
const exit = (atMs: number): Written => ({ type: 'exit', pid: 7, code: 0, signal: null, atMs });
const ended = (atMs: number, pids = [7]): Written => ({ type: 'ended-by-harness', reason: '', pids, atMs });
const stoppedRun: Given = { run: { scenario: 'stopped' } };

const recording = (events: readonly Written[], given: Given = stoppedRun) =>
  recordingOf([...frozen, ...events], given);
const judge = (events: readonly Written[], given?: Given) =>
  verdictOf(surviveStopped, recording(events, given));

test('a target that is gone within the deadline after it continues passes', () => {
  // 2.2 s after the thaw, though 2.7 s after the signal.
  expect(judge([thawed, exit(2800), gone(2800)])).toMatchObject({ outcome: 'pass', evidence: [2, 3, 5] });
});

test('a target that is gone too late fails', () => {
  expect(judge([thawed, exit(3000), gone(3000)])).toMatchObject({
    outcome: 'fail',
    message: 'The target got SIGTERM while it was suspended, and was gone only 2.4 s after it continued.',
  });
});

test('a target that the harness had to end fails', () => {
  expect(judge([thawed, ended(3200)])).toMatchObject({
    outcome: 'fail',
    observed: 'was still alive 2.6 s after SIGCONT',
  });
});

test('a target that the harness has to end without a suspension as well is judged by deadline.holds', () => {
  const own = recording([thawed, ended(3200)]);
  const idle = (events: Written[]) =>
    recordingOf([{ type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 100 }, ...events]);
  expect(verdictOf(surviveStopped, own, [idle([ended(3000)]), own]).outcome).toBe('not-applicable');
  expect(verdictOf(surviveStopped, own, [idle([exit(200), gone(200)]), own]).outcome).toBe('fail');
});

test('an end whose error bar straddles the deadline is untested', () => {
  expect(judge([thawed, exit(2900), gone(2900, 2800)])).toMatchObject({
    outcome: 'untested',
    straddles: true,
  });
  const slow: Written = { type: 'thawed', beforeMs: 400, atMs: 600 };
  expect(judge([slow, exit(2800), gone(2800)])).toMatchObject({ outcome: 'untested', straddles: true });
});

test('a run without a thaw, or that the harness cut off, or without an end is untested', () => {
  expect(judge([exit(700), gone(700)]).outcome).toBe('untested');
  expect(judge([thawed, ended(900)]).outcome).toBe('untested');
  expect(judge([thawed]).outcome).toBe('untested');
});

test('does not apply to other runs, nor without a stop signal', () => {
  expect(judge([thawed, ended(3200)], {}).outcome).toBe('not-applicable');
  expect(verdictOf(surviveStopped, recordingOf([thawed], stoppedRun)).outcome).toBe('not-applicable');
});

test('orphans are judged by tree.no-orphans', () => {
  const survivor: Written = { type: 'survivor', pid: 8, command: 'worker', atMs: 710 };
  expect(judge([thawed, exit(700), survivor, ended(3200, [8])]).outcome).toBe('not-applicable');
});

test('only a thaw after the signal continues what was signalled', () => {
  expect(judge([{ type: 'thawed', atMs: 95 }, exit(700), gone(700)])).toMatchObject({
    outcome: 'untested',
    message: 'the target was not continued after its stop signal',
  });
});

test('why nobody will know is said', () => {
  expect(judge([thawed, ended(900)]).message).toBe('the harness ended the target before its deadline');
  expect(judge([thawed]).message).toBe('the recording does not say when the target was gone');
});

test('where only orphans are left, and it is not certain that their root was in time, it is untested', () => {
  const left: readonly Written[] = [
    { type: 'survivor', pid: 8, command: 'sleep', atMs: 2900 },
    { type: 'lag', who: 'harness', lagMs: 300, atMs: 2895 },
    ended(4500, [8]),
  ];
  expect(judge([thawed, exit(2900), ...left])).toMatchObject({
    outcome: 'untested',
    message: expect.stringContaining('2.1'),
    straddles: true,
  });
});
