import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { reloadStillStoppable } from './still-stoppable.js';

const start: Written = { type: 'spawned', pid: 7, atMs: 0 };
const reload: Written = { type: 'signal', signal: 'SIGHUP', pid: 7, atMs: 100 };
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 101 };
const gone = (atMs: number, sinceMs = atMs): Written => ({ type: 'gone', atMs, sinceMs });
const exit = (atMs: number): Written => ({ type: 'exit', pid: 7, code: 0, signal: null, atMs });
const ended = (atMs: number, pids = [7]): Written => ({ type: 'ended-by-harness', reason: '', pids, atMs });
const contract = { reloadSignals: ['SIGHUP' as const] };
const given: Given = { run: { scenario: 'reload-then-stop', signal: 'SIGHUP' }, contract };

const recording = (events: readonly Written[], other: Given = given) =>
  recordingOf([start, ...events], other);
const judge = (events: readonly Written[], other?: Given) =>
  verdictOf(reloadStillStoppable, recording(events, other));

test('a target that is gone within the deadline of the stop passes', () => {
  expect(judge([reload, stop, exit(300), gone(300)])).toMatchObject({ outcome: 'pass', evidence: [1, 2, 4] });
});

test('a target that is gone too late fails', () => {
  expect(judge([reload, stop, exit(2600), gone(2600)])).toMatchObject({
    outcome: 'fail',
    message: 'The target was gone only 2.5 s after SIGTERM, which came 1 ms after SIGHUP (reload).',
    evidence: [1, 2, 4],
  });
});

test('a target that the harness had to end fails', () => {
  expect(judge([reload, stop, ended(3000)])).toMatchObject({
    outcome: 'fail',
    observed: 'was still alive 2.9 s after SIGTERM',
  });
});

test('a target that the stop signal alone does not end either is judged by deadline.holds', () => {
  const own = recording([reload, stop, ended(3000)]);
  expect(verdictOf(reloadStillStoppable, own, [recording([stop, ended(3000)], {}), own]).outcome).toBe(
    'not-applicable',
  );
  expect(verdictOf(reloadStillStoppable, own, [recording([stop, gone(300)], {}), own]).outcome).toBe('fail');
});

test('an end whose error bar straddles the deadline is untested', () => {
  expect(judge([reload, stop, exit(2400), gone(2400, 2300)])).toMatchObject({
    outcome: 'untested',
    straddles: true,
  });
});

test('without a reload before the stop, or without an end, it is untested', () => {
  expect(judge([stop, exit(300), gone(300)]).outcome).toBe('untested');
  expect(judge([stop, { ...reload, atMs: 200 } as Written, gone(300)]).outcome).toBe('untested');
  expect(judge([reload, stop]).outcome).toBe('untested');
  expect(judge([reload, stop, ended(900)]).outcome).toBe('untested');
});

test('does not apply where the reload itself ended the target', () => {
  expect(judge([reload, exit(102), gone(102), { ...stop, atMs: 150 } as Written]).outcome).toBe(
    'not-applicable',
  );
});

test('does not apply to other runs, nor without a declared reload or a stop', () => {
  expect(judge([reload, stop, ended(3000)], { contract }).outcome).toBe('not-applicable');
  expect(judge([reload, stop, ended(3000)], { run: { scenario: 'reload-then-stop' } }).outcome).toBe(
    'not-applicable',
  );
  expect(judge([reload]).outcome).toBe('not-applicable');
});

test('orphans are judged by tree.no-orphans', () => {
  const survivor: Written = { type: 'survivor', pid: 8, command: 'worker', atMs: 310 };
  expect(judge([reload, stop, exit(300), survivor, ended(3000, [8])]).outcome).toBe('not-applicable');
});
