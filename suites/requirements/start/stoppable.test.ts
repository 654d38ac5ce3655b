import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { startStoppable } from './stoppable.js';

const begin: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 20 },
];
const exit = (atMs: number): Written => ({ type: 'exit', pid: 7, code: 0, signal: null, atMs });
const ended = (atMs: number, pids = [7]): Written => ({ type: 'ended-by-harness', reason: '', pids, atMs });
const early: Given = { run: { scenario: 'early', early: true } };

const judge = (events: readonly Written[], given: Given = early) =>
  verdictOf(startStoppable, recordingOf([...begin, ...events], given));

test('a target that is gone within the deadline passes', () => {
  expect(judge([exit(60), { type: 'gone', atMs: 61 }])).toMatchObject({ outcome: 'pass', evidence: [1, 3] });
});

test('a target that goes on to serve until the harness ends it fails, and that is said', () => {
  const events: Written[] = [
    { type: 'listening', host: '127.0.0.1', port: 1, pid: 7, atMs: 90 },
    { type: 'ready', atMs: 120 },
    ended(3000),
  ];
  expect(judge(events)).toMatchObject({
    outcome: 'fail',
    message:
      'The target got SIGTERM while it started, went on to serve 100 ms after it, and was still alive after 2.98 s.',
    evidence: [1, 3, 4],
  });
});

test('a target that goes on to listen only fails', () => {
  const listening: Written = { type: 'listening', host: '127.0.0.1', port: 1, pid: 7, atMs: 90 };
  expect(judge([listening, ended(3000)]).message).toContain('went on to listen 70 ms after it');
});

test('a signal whose default action is to be ignored stops nobody who has no handler yet', () => {
  const winch = (caught: Written[], given = early) =>
    verdictOf(
      startStoppable,
      recordingOf(
        [
          { type: 'spawned', pid: 7, atMs: 0 },
          ...caught,
          { type: 'signal', signal: 'SIGWINCH', pid: 7, atMs: 20 },
          ended(3000),
        ],
        { ...given, contract: { stopSignals: ['SIGWINCH'] } },
      ),
    );
  const masks = (caught: 'SIGWINCH'[]): Written[] => [
    { type: 'dispositions', processes: [{ pid: 7, caught, blocked: [], ignored: [] }], atMs: 19 },
  ];
  expect(winch(masks([]))).toMatchObject({
    outcome: 'not-applicable',
    message: 'SIGWINCH came before the target had a handler for it, and the kernel ignores it by default',
  });
  expect(winch(masks(['SIGWINCH'])).outcome).toBe('fail');
  expect(winch([]).outcome).toBe('fail');
});

test('a target that hangs in its start fails', () => {
  expect(judge([ended(3000)])).toMatchObject({
    outcome: 'fail',
    message: 'The target got SIGTERM while it started, and was still alive after 2.98 s.',
  });
});

test('a target that is gone too late fails', () => {
  expect(judge([exit(2600), { type: 'gone', atMs: 2600 }])).toMatchObject({
    outcome: 'fail',
    observed: expect.stringContaining('was gone only after 2.58 s'),
  });
});

test('an end whose error bar straddles the deadline is untested', () => {
  expect(judge([exit(2400), { type: 'gone', sinceMs: 2000, atMs: 2400 }])).toMatchObject({
    outcome: 'untested',
    straddles: true,
  });
});

test('a target that the harness ended before its deadline is untested', () => {
  expect(judge([ended(500)]).outcome).toBe('untested');
  expect(judge([]).outcome).toBe('untested');
});

test('orphans of a root that was in time are judged by tree.no-orphans', () => {
  const survivor: Written = { type: 'survivor', pid: 8, command: 'worker', atMs: 70 };
  expect(judge([exit(60), survivor, ended(3000, [8])])).toMatchObject({
    outcome: 'not-applicable',
    message: expect.stringContaining('tree.no-orphans'),
  });
});

test('does not apply when the target already served', () => {
  expect(judge([ended(3000)], {}).outcome).toBe('not-applicable');
});

test('that it listened before the signal is not put down to it', () => {
  const before: Written = { type: 'listening', host: '127.0.0.1', port: 1, pid: 7, atMs: 10 };
  expect(judge([before, ended(3000)]).message).not.toContain('after it');
});

test('does not apply without a stop signal', () => {
  expect(verdictOf(startStoppable, recordingOf([], early)).outcome).toBe('not-applicable');
});

test('that all is gone after the harness ended it is no merit of the target', () => {
  expect(judge([ended(3000), { type: 'gone', atMs: 3010 }])).toMatchObject({
    outcome: 'fail',
    observed: expect.stringContaining('was still alive after 2.98 s'),
  });
  expect(judge([ended(1000), { type: 'gone', atMs: 1010 }]).outcome).toBe('untested');
});

test('a SIGINT that CPython itself discards is a warning, and any other one is not', () => {
  const text =
    'Exception ignored in: <function _get_module_lock.<locals>.cb at 0x7f7e>\nTraceback (most recent call last):\n  File "<frozen importlib._bootstrap>", line 198, in cb\nKeyboardInterrupt: \n';
  const interrupted = (said: string) =>
    judge([{ type: 'output', stream: 'stderr', text: said, atMs: 40 }, ended(3000)]);
  const run = { run: { scenario: 'early-handler', signal: 'SIGINT' as const, early: true } };
  const sigint = (said: string) =>
    verdictOf(
      startStoppable,
      recordingOf(
        [
          { type: 'signal', signal: 'SIGINT', pid: 7, atMs: 20 },
          { type: 'output', stream: 'stderr', text: said, atMs: 40 },
          ended(3000),
        ],
        run,
      ),
    );
  expect(sigint(text)).toMatchObject({ outcome: 'fail', level: 'SHOULD' });
  expect(sigint(text).message).toContain('CPython');
  expect(sigint('KeyboardInterrupt\n')).not.toHaveProperty('level');
  expect(interrupted(text)).not.toHaveProperty('level');
});
