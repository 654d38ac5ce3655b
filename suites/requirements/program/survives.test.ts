import { expect, test } from 'vitest';
import { programRecordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { programSurvives } from './survives.js';

const tick = (atMs: number): Written => ({ type: 'output', stream: 'stdout', text: 'tick\n', atMs });
const begin: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  tick(50),
  { type: 'signal', signal: 'SIGUSR2', pid: 7, atMs: 100 },
];
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 300 };
const exit = (atMs: number, signal: 'SIGUSR2' | null = null): Written[] => [
  { type: 'exit', pid: 7, code: signal === null ? 0 : null, signal, atMs },
  { type: 'gone', atMs },
];
const ended: Written = { type: 'ended-by-harness', reason: '', pids: [7], atMs: 4050 };

const judge = (events: readonly Written[], given: object = {}) =>
  verdictOf(
    programSurvives,
    programRecordingOf([...begin, ...events], {
      run: { scenario: 'ignored' },
      contract: { ignoreSignals: ['SIGUSR2'] },
      ...given,
    }),
  );

test('a program that prints on, and stops when it is told to, passes', () => {
  expect(judge([tick(200), stop, ...exit(400)])).toMatchObject({ outcome: 'pass', evidence: [2, 4, 6] });
});

test('one that prints nothing passes by living on', () => {
  expect(judge([stop, ...exit(400)], { facts: { printsEveryMs: undefined } }).outcome).toBe('pass');
});

test('one that ends fails', () => {
  expect(judge(exit(105, 'SIGUSR2'))).toMatchObject({ outcome: 'fail', observed: 'death by SIGUSR2' });
});

test('one that falls silent fails', () => {
  expect(judge([stop, ...exit(400)])).toMatchObject({ outcome: 'fail', observed: 'silence' });
});

test('one that writes a traceback fails', () => {
  const text = 'Traceback (most recent call last):\n  File "a.py"\nKeyError: 12\n';
  const said: Written = { type: 'output', stream: 'stderr', text, atMs: 110 };
  expect(judge([said, tick(200), stop, ...exit(400)]).outcome).toBe('fail');
});

test('one that no longer stops fails; at about the deadline it is no verdict', () => {
  expect(judge([tick(200), stop, ended])).toMatchObject({ outcome: 'fail', observed: 'no stop' });
  expect(judge([tick(200), stop, ...exit(2555)])).toMatchObject({ outcome: 'untested', straddles: true });
});

test('that it does not stop without that signal either is the affair of program.stops', () => {
  const given = { run: { scenario: 'ignored' }, contract: { ignoreSignals: ['SIGUSR2' as const] } };
  const recording = programRecordingOf([...begin, tick(200), stop, ended], given);
  const working = programRecordingOf([{ type: 'spawned', pid: 7, atMs: 0 }, stop, ended]);
  expect(verdictOf(programSurvives, recording, [recording, working]).outcome).toBe('pass');
});

test('it does not apply where nothing is declared, nor to other runs', () => {
  expect(judge([], { contract: {} }).outcome).toBe('not-applicable');
  expect(judge([], { run: { scenario: 'working' } }).outcome).toBe('not-applicable');
});
