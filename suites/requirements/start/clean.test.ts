import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
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

const masks = (caught: readonly NodeJS.Signals[], pid = 7, atMs = 19): Written => ({
  type: 'dispositions',
  processes: [{ pid, caught, blocked: [], ignored: [] }],
  atMs,
});
const strict = { contract: { exitStatus: [143] } };
const spawned: Given = { run: { scenario: 'early-spawned', early: true, signal: 'SIGINT' }, ...strict };
const died = exit(null, 'SIGINT');

test('death by the signal is clean at the very start, where the kernel showed no handler for it', () => {
  expect(judge([masks(['SIGTERM']), died], spawned)).toEqual({
    outcome: 'pass',
    message:
      'It ended with death by SIGINT, 40 ms after it was sent: no handler for it was installed yet, and so the kernel ends any program.',
    evidence: [1, 2, 3],
  });
});

test.each<[string, readonly Written[]]>([
  ['a handler was there', [masks(['SIGINT']), died]],
  ['a handler was there by the time of the signal', [masks([], 7, 10), masks(['SIGINT']), died]],
  [
    'the signal was blocked, to be waited for',
    [
      {
        type: 'dispositions',
        processes: [{ pid: 7, caught: [], blocked: ['SIGINT'], ignored: [] }],
        atMs: 19,
      },
      died,
    ],
  ],
  ['nothing shows what was there', [died]],
  ['only another process was looked at', [masks([], 8), died]],
  ['the look came after the signal', [masks([], 7, 21), died]],
  ['it died by another signal', [masks([]), exit(null, 'SIGTERM')]],
  ['it exited by itself', [masks([]), exit(130)]],
])('at the very start it is judged by the contract where %s', (_, events) => {
  expect(judge(events, spawned).outcome).toBe('fail');
});

test.each(['early-handler', 'early-bound'])('%s is judged by the contract, handler or not', (scenario) => {
  const given: Given = { run: { scenario, early: true, signal: 'SIGINT' }, ...strict };
  expect(judge([masks([]), died], given)).toMatchObject({ outcome: 'fail', observed: 'death by SIGINT' });
});

test('a traceback fails at the very start too', () => {
  expect(judge([masks([]), trace, died], spawned)).toMatchObject({
    outcome: 'fail',
    observed: 'death by SIGINT and a Python traceback',
  });
});
