import { expect, test } from 'vitest';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { exitStatus } from './status.js';

const start: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'ready', atMs: 50 },
];
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 100 };

function exitOf(code: number | null, signal: NodeJS.Signals | null = null, atMs = 200): Written[] {
  return [
    { type: 'exit', pid: 7, code, signal, atMs },
    { type: 'gone', atMs: atMs + 5 },
  ];
}

const judge = (events: readonly Written[], given = {}) => verdictOf(exitStatus, recordingOf(events, given));

test('a listed status passes', () => {
  expect(judge([...start, stop, ...exitOf(0)])).toMatchObject({ outcome: 'pass', evidence: [2, 3] });
});

test('death by the very stop signal passes where the contract accepts it', () => {
  expect(judge([...start, stop, ...exitOf(null, 'SIGTERM')]).outcome).toBe('pass');
});

test('death by the stop signal fails where the contract does not accept it', () => {
  const verdict = judge([...start, stop, ...exitOf(null, 'SIGTERM')], { contract: { exitStatus: [0] } });
  expect(verdict).toMatchObject({ outcome: 'fail', observed: 'death by SIGTERM', expected: 'exit status 0' });
  expect(verdict).not.toHaveProperty('level');
});

test('death by a signal that nobody sent fails', () => {
  expect(judge([...start, stop, ...exitOf(null, 'SIGKILL')])).toMatchObject({
    outcome: 'fail',
    observed: 'death by SIGKILL',
  });
});

test('an unlisted status fails, and the message says when and with what', () => {
  expect(judge([...start, stop, ...exitOf(1)])).toMatchObject({
    outcome: 'fail',
    message: 'The target (pid 7) ended with exit status 1, 100 ms after SIGTERM.',
    expected: 'exit status 0, or death by SIGTERM',
    evidence: [2, 3],
  });
});

test('128+n of the stop signal is only a warning, with its reason', () => {
  const verdict = judge([...start, stop, ...exitOf(143)]);
  expect(verdict).toMatchObject({ outcome: 'fail', level: 'SHOULD' });
  expect(verdict.message).toContain('systemd');
});

test('128+n of a signal that was not sent is no mere warning', () => {
  expect(judge([...start, stop, ...exitOf(130)])).not.toHaveProperty('level');
});

test('128+n passes where it is listed', () => {
  const given = { contract: { exitStatus: [143] } };
  expect(judge([...start, stop, ...exitOf(143)], given).outcome).toBe('pass');
});

test('no judgement of an end that the deadline forced', () => {
  expect(judge([...start, stop, ...exitOf(1, null, 2050)])).toMatchObject({
    outcome: 'not-applicable',
    message: expect.stringContaining('forced by the deadline'),
  });
});

test('a late end whose error bar straddles the deadline is untested', () => {
  const lag: Written = { type: 'lag', who: 'harness', lagMs: 400, atMs: 1900 };
  expect(judge([...start, stop, lag, ...exitOf(1, null, 1900)])).toMatchObject({
    outcome: 'untested',
    straddles: true,
  });
});

test('a short deadline does not excuse every status', () => {
  expect(judge([...start, stop, ...exitOf(1, null, 150)], { contract: { deadlineMs: 200 } }).outcome).toBe(
    'fail',
  );
});

test.each<[string, readonly Written[], object]>([
  [
    'the harness ended the target',
    [
      ...start,
      stop,
      { type: 'ended-by-harness', reason: '', pids: [7], atMs: 190 },
      ...exitOf(null, 'SIGKILL'),
    ],
    {},
  ],
  ['it ended before the stop signal', [...start, ...exitOf(1, null, 90), stop], {}],
  ['there was no stop signal', [...start, ...exitOf(1)], {}],
  ['it crashed', [...start, stop, ...exitOf(null, 'SIGSEGV')], {}],
  ['a second stop signal came before the end', [...start, stop, { ...stop, atMs: 150 }, ...exitOf(1)], {}],
  ['the run kills the target', [...start, stop, ...exitOf(1)], { run: { scenario: 'killed' } }],
  [
    'another signal of the run ended it',
    [...start, { type: 'signal', signal: 'SIGHUP', pid: 7, atMs: 99 }, stop, ...exitOf(null, 'SIGHUP')],
    { contract: { reloadSignals: ['SIGHUP'] } },
  ],
])('does not apply where %s', (_, events, given) => {
  expect(judge(events, given).outcome).toBe('not-applicable');
});
