import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../facts/recording-builder.js';
import { verdictOf } from '../../facts/verdict-of.js';
import { startClean } from './clean.js';

const begin: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'signal', signal: 'SIGINT', pid: 7, atMs: 20 },
];
const exit = (code: number | null, signal: NodeJS.Signals | null = null, atMs = 60): Written => ({
  type: 'exit',
  pid: 7,
  code,
  signal,
  atMs,
});
const trace: Written = {
  type: 'output',
  stream: 'stderr',
  text: 'Traceback (most recent call last):\n  File "srv.py", line 1\nKeyboardInterrupt\n',
  atMs: 50,
};
const early: Given = { run: { scenario: 'early', early: true, signal: 'SIGINT' } };

const judge = (events: readonly Written[], given: Given = early) =>
  verdictOf(startClean, recordingOf([...begin, ...events], given));

test('an accepted status, or death by the signal, without a traceback passes', () => {
  expect(judge([exit(0)]).outcome).toBe('pass');
  expect(judge([exit(null, 'SIGINT')]).outcome).toBe('pass');
});

test('another status fails', () => {
  expect(judge([exit(130)])).toMatchObject({
    outcome: 'fail',
    message: 'Stopped while it started, the target (pid 7) ended with exit status 130, 40 ms after SIGINT.',
    observed: 'exit status 130',
    evidence: [1, 2],
  });
});

test('death by the signal fails where the contract does not accept it', () => {
  expect(judge([exit(null, 'SIGINT')], { ...early, contract: { exitStatus: [0] } }).outcome).toBe('fail');
});

test('a traceback fails though the status is accepted', () => {
  expect(judge([trace, exit(null, 'SIGINT')])).toMatchObject({
    outcome: 'fail',
    observed: 'a Python traceback',
    evidence: [1, 2, 3],
  });
});

test('both are said together', () => {
  expect(judge([trace, exit(1)])).toMatchObject({ observed: 'exit status 1 and a Python traceback' });
});

test('a late end whose error bar straddles the deadline is untested', () => {
  const lag: Written = { type: 'lag', who: 'harness', lagMs: 400, atMs: 1900 };
  expect(judge([lag, exit(1, null, 1900)])).toMatchObject({ outcome: 'untested', straddles: true });
});

test('a status that the deadline forced is not judged, a traceback is', () => {
  expect(judge([exit(1, null, 2000)]).outcome).toBe('pass');
  expect(judge([trace, exit(1, null, 2000)])).toMatchObject({
    outcome: 'fail',
    observed: 'a Python traceback',
  });
});

test.each<[string, readonly Written[], Given]>([
  ['the target already served', [exit(1)], {}],
  ['the target crashed', [exit(null, 'SIGSEGV')], early],
  [
    'the harness ended it',
    [{ type: 'ended-by-harness', reason: '', pids: [7], atMs: 55 }, exit(null, 'SIGKILL')],
    early,
  ],
  ['it ended before the signal', [exit(1, null, 10)], early],
])('does not apply where %s', (_, events, given) => {
  expect(judge(events, given).outcome).toBe('not-applicable');
});
