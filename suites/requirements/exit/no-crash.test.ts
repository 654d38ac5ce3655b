import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { exitNoCrash } from './no-crash.js';

const start: Written = { type: 'spawned', pid: 7, atMs: 0 };
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 100 };
const died = (signal: NodeJS.Signals, atMs = 200, instance = 0): Written => ({
  type: 'exit',
  pid: 7,
  code: null,
  signal,
  atMs,
  instance,
});

const judge = (events: readonly Written[], given: Given = {}) =>
  verdictOf(exitNoCrash, recordingOf(events, given));

test('an exit with a status, whatever it is, passes', () => {
  expect(judge([start, stop, { type: 'exit', pid: 7, code: 1, signal: null, atMs: 200 }]).outcome).toBe(
    'pass',
  );
});

test('a target that only the harness could end has not crashed', () => {
  const ended: Written = { type: 'ended-by-harness', reason: '', pids: [7], atMs: 3000 };
  expect(judge([start, stop, ended, died('SIGKILL', 3010)]).outcome).toBe('pass');
});

test.each<NodeJS.Signals>([
  'SIGSEGV',
  'SIGABRT',
  'SIGBUS',
  'SIGILL',
  'SIGFPE',
  'SIGSYS',
  'SIGTRAP',
  'SIGPIPE',
])('death by %s fails', (signal) => {
  expect(judge([start, stop, died(signal)])).toMatchObject({
    outcome: 'fail',
    message: `The target (pid 7) died by ${signal}, 100 ms after SIGTERM.`,
    evidence: [1, 2],
  });
});

test('a crash during the start-up fails too', () => {
  expect(judge([start, stop, died('SIGSEGV')], { run: { early: true } }).outcome).toBe('fail');
});

test('the crash of a second instance fails', () => {
  const events = [
    start,
    stop,
    died('SIGTERM'),
    { ...start, instance: 1, atMs: 210 },
    died('SIGABRT', 300, 1),
  ];
  expect(judge(events)).toMatchObject({ outcome: 'fail', evidence: [4] });
});

test('a signal that the run itself sent is no crash', () => {
  const quit: Written = { type: 'signal', signal: 'SIGABRT', pid: 7, atMs: 100 };
  expect(judge([start, quit, died('SIGABRT')]).outcome).toBe('pass');
});

test('a core file fails', () => {
  const core: Written = { type: 'core-file', path: '/srv/core.8', atMs: 300 };
  const exit: Written = { type: 'exit', pid: 7, code: 0, signal: null, atMs: 200 };
  expect(judge([start, stop, exit, core])).toMatchObject({ outcome: 'fail', evidence: [3] });
});

test('a core file after a SIGQUIT that was sent is its default action', () => {
  const quit: Written = { type: 'signal', signal: 'SIGQUIT', pid: 7, atMs: 100 };
  const core: Written = { type: 'core-file', path: '/srv/core.7', atMs: 300 };
  expect(judge([start, quit, died('SIGQUIT'), core]).outcome).toBe('pass');
});

const again: Written = { ...stop, atMs: 150 };

test('a crash that only a repeated signal brings is judged by repeat.no-crash', () => {
  expect(judge([start, stop, again, died('SIGSEGV')])).toMatchObject({
    outcome: 'not-applicable',
    message: expect.stringContaining('repeat.no-crash'),
  });
});

test('a crash that a single signal brings as well is judged here', () => {
  const repeated = recordingOf([start, stop, again, died('SIGSEGV')], {
    run: { scenario: 'repeated-signal' },
  });
  const idle = recordingOf([start, stop, died('SIGSEGV')]);
  expect(verdictOf(exitNoCrash, repeated, [idle, repeated]).outcome).toBe('fail');
});

test('a server that clients bring down is judged by survive.client-reset', () => {
  const events: Written[] = [
    start,
    { type: 'connected', role: 'vanishing', client: 'vanishing-1', localPort: 1, atMs: 60 },
    { type: 'left', client: 'vanishing-1', how: 'rst', atMs: 70 },
    died('SIGPIPE'),
  ];
  const verdict = judge(events, { run: { scenario: 'vanished-client' } });
  expect(verdict).toMatchObject({ outcome: 'not-applicable', message: expect.stringContaining('survive') });
});

test('a crash on an undeclared SIGHUP weighs more than survive.undeclared-hangup', () => {
  const hangup: Written = { type: 'signal', signal: 'SIGHUP', pid: 7, atMs: 100 };
  expect(judge([start, hangup, died('SIGSEGV')], { run: { scenario: 'hangup' } }).outcome).toBe('fail');
});

test('a recording without any end is untested', () => {
  expect(judge([start, stop]).outcome).toBe('untested');
});

test("a crash after the harness ended that instance is not the target's own", () => {
  const ended: Written = { type: 'ended-by-harness', reason: '', pids: [7], atMs: 150 };
  expect(judge([start, stop, ended, died('SIGSEGV')]).outcome).toBe('pass');
  expect(judge([start, stop, { ...ended, instance: 1 } as Written, died('SIGSEGV')]).outcome).toBe('fail');
  expect(judge([start, stop, died('SIGSEGV'), { ...ended, atMs: 300 } as Written]).outcome).toBe('fail');
});

test('the crash of a second instance is no matter of the signals that the first one got', () => {
  const events = [start, stop, again, died('SIGTERM'), { ...start, instance: 1, atMs: 210 } as Written];
  expect(judge([...events, died('SIGABRT', 300, 1)])).toMatchObject({
    outcome: 'fail',
    message: 'The target (pid 7) died by SIGABRT.',
  });
});

test('the message names the last act before the crash, and none after it', () => {
  const client: Written = { type: 'connected', role: 'busy', client: 'busy-1', localPort: 1, atMs: 60 };
  const left = (atMs: number, how: 'fin' | 'rst'): Written => ({ type: 'left', client: 'busy-1', how, atMs });
  const acts = [client, left(120, 'rst'), left(190, 'fin'), left(250, 'rst')];
  expect(judge([start, stop, ...acts, died('SIGSEGV')]).message).toBe(
    'The target (pid 7) died by SIGSEGV, 80 ms after client busy-1 reset its connection.',
  );
});

test('a crash in an early run is judged here, also after two signals: repeat.no-crash does not judge those', () => {
  expect(judge([start, stop, again, died('SIGSEGV')], { run: { early: true } }).outcome).toBe('fail');
});
