import { expect, test } from 'vitest';
import { programRecordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { programBrokenPipe } from './broken-pipe.js';

const begin: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'output-closed', atMs: 100 },
];
const exit = (code: number | null, signal: 'SIGPIPE' | null = null, atMs = 250): Written => ({
  type: 'exit',
  pid: 7,
  code,
  signal,
  atMs,
});
const ended = (atMs: number): Written => ({ type: 'ended-by-harness', reason: '', pids: [7], atMs });

const judge = (events: readonly Written[], given = {}) =>
  verdictOf(
    programBrokenPipe,
    programRecordingOf([...begin, ...events], {
      run: { id: 'pipe-closed-full', scenario: 'pipe-closed-full', signal: null },
      ...given,
    }),
  );

test.each([
  ['death by SIGPIPE', exit(null, 'SIGPIPE')],
  ['status 0', exit(0)],
  ['status 1', exit(1)],
])('%s passes', (_title, end) => {
  expect(judge([end])).toMatchObject({ outcome: 'pass', evidence: [1, 2] });
});

test('another status fails, unless the contract accepts it', () => {
  expect(judge([exit(120)])).toMatchObject({
    outcome: 'fail',
    expected: 'death by SIGPIPE, or exit status 0 or 1',
    observed: 'exit status 120',
  });
  expect(judge([exit(120)], { contract: { exitStatus: [0, 120] } }).outcome).toBe('pass');
});

test('141, which a shell says of a child, is a lesser failure', () => {
  expect(judge([exit(141)])).toMatchObject({ outcome: 'fail', level: 'SHOULD' });
});

test('a traceback fails, also with status 1', () => {
  const text = 'Traceback (most recent call last):\n  File "a.py", line 1\nBrokenPipeError: [Errno 32]\n';
  expect(judge([{ type: 'output', stream: 'stderr', text, atMs: 200 }, exit(1)])).toMatchObject({
    outcome: 'fail',
    evidence: [1, 2, 3],
  });
});

test('a program that prints on and goes on fails', () => {
  expect(judge([ended(6000)])).toMatchObject({ outcome: 'fail', observed: 'still there after 5.9 s' });
});

test('one that was ended at about its deadline is no verdict', () => {
  // The error bar is that of the two acts: the close was over at 100 ms, and the end began at 2090 ms.
  expect(judge([{ ...ended(2110), beforeMs: 2090 } as Written]).outcome).toBe('untested');
});

test('one that was not seen to print on may go on', () => {
  expect(judge([ended(6000)], { facts: { printsEveryMs: undefined } }).outcome).toBe('not-applicable');
});

test('it does not apply to an end before the close, nor to runs whose output is read', () => {
  expect(judge([exit(0, null, 50)]).outcome).toBe('not-applicable');
  expect(judge([exit(0)], { run: { scenario: 'working' } }).outcome).toBe('not-applicable');
});
