import { expect, test } from 'vitest';
import { programRecordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { programStops } from './stops.js';

const begin: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'ready', atMs: 50 },
  { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 100 },
];
const exit = (
  atMs: number,
  code: number | null = 0,
  signal: 'SIGTERM' | 'SIGSEGV' | null = null,
): Written[] => [
  { type: 'exit', pid: 7, code, signal, atMs },
  { type: 'gone', atMs },
];
const traceback =
  'Traceback (most recent call last):\n  File "loop.py", line 3, in <module>\nKeyboardInterrupt\n';
const said = (text: string, atMs: number): Written => ({ type: 'output', stream: 'stderr', text, atMs });

const judge = (events: readonly Written[], given = {}) =>
  verdictOf(programStops, programRecordingOf([...begin, ...events], given));

test('a program that ends in time with an accepted status passes', () => {
  expect(judge(exit(300))).toMatchObject({ outcome: 'pass', evidence: [2, 3, 4] });
});

test('death by the signal itself passes where the contract accepts it, and only there', () => {
  expect(judge(exit(110, null, 'SIGTERM')).outcome).toBe('pass');
  expect(judge(exit(110, null, 'SIGTERM'), { contract: { exitStatus: [0] } })).toMatchObject({
    outcome: 'fail',
    expected: 'exit status 0',
    observed: 'death by SIGTERM',
  });
});

test('a program that is gone too late fails', () => {
  expect(judge(exit(2600))).toMatchObject({ outcome: 'fail', observed: 'gone after 2.5 s' });
});

test('an error bar that straddles the deadline is no verdict', () => {
  expect(judge(exit(2355))).toMatchObject({ outcome: 'untested', straddles: true });
});

test('a program that had to be ended fails, and one that was ended too soon is no verdict', () => {
  const ended = (atMs: number): Written => ({ type: 'ended-by-harness', reason: '', pids: [7], atMs });
  expect(judge([ended(3850)])).toMatchObject({ outcome: 'fail', observed: 'not stopped after 3.75 s' });
  expect(judge([ended(900)])).toMatchObject({ outcome: 'untested' });
});

test('a status that the contract does not accept fails', () => {
  expect(judge(exit(300, 3))).toMatchObject({ outcome: 'fail', observed: 'exit status 3' });
  expect(judge(exit(300, null, 'SIGSEGV'))).toMatchObject({ outcome: 'fail', observed: 'death by SIGSEGV' });
});

test('128 + the number of the signal is a lesser failure', () => {
  expect(judge(exit(300, 143))).toMatchObject({ outcome: 'fail', level: 'SHOULD' });
});

test('a traceback after the signal fails, whatever the status', () => {
  expect(judge([said(traceback, 200), ...exit(300)])).toMatchObject({
    outcome: 'fail',
    evidence: [2, 3, 4],
    observed: '"Traceback (most recent call last):" … "KeyboardInterrupt"',
  });
});

test('a traceback that came before the signal is not about the stop', () => {
  expect(judge([said(traceback, 60), ...exit(300)]).outcome).toBe('pass');
});

test('orphans of a root that ended in time are the affair of tree.no-orphans', () => {
  const orphan: Written[] = [
    { type: 'exit', pid: 7, code: 0, signal: null, atMs: 200 },
    { type: 'survivor', pid: 8, command: 'sleep', atMs: 205 },
    { type: 'ended-by-harness', reason: '', pids: [8], atMs: 3850 },
  ];
  expect(judge(orphan).outcome).toBe('pass');
});

test('it does not apply to runs about something else, nor to an end before the signal', () => {
  expect(judge(exit(300), { run: { scenario: 'cleaning-up' } }).outcome).toBe('not-applicable');
  expect(judge(exit(90)).outcome).toBe('not-applicable');
});
