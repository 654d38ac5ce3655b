import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { releaseFiles } from './files.js';

const file = (what: 'socket' | 'pid file', there: boolean, atMs: number): Written => ({
  type: 'file',
  what,
  path: what === 'socket' ? '/run/app.sock' : '/run/app.pid',
  there,
  atMs,
});
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 100 };
const exit: Written = { type: 'exit', pid: 7, code: 0, signal: null, atMs: 200 };
const end: readonly Written[] = [stop, exit, { type: 'gone', atMs: 205 }];
const serving = [file('socket', true, 60), file('pid file', true, 60)];

const judge = (events: readonly Written[], given: Given = {}) =>
  verdictOf(releaseFiles, recordingOf([{ type: 'ready', atMs: 50 }, ...events], given));

test('both files gone passes', () => {
  expect(judge([...serving, ...end, file('socket', false, 210), file('pid file', false, 210)])).toMatchObject(
    {
      outcome: 'pass',
      message: 'The unix socket and the pid file are gone after its end.',
    },
  );
});

test('a socket that is left fails, and is named with its path', () => {
  expect(judge([...serving, ...end, file('socket', true, 210), file('pid file', false, 210)])).toMatchObject({
    outcome: 'fail',
    message: 'After SIGTERM the target ended and left its unix socket (/run/app.sock) behind.',
    observed: 'still there: /run/app.sock',
    evidence: [3, 4, 6],
  });
});

test('a pid file alone is judged too, and that nobody handled the signal is said', () => {
  const died: Written = { type: 'exit', pid: 7, code: null, signal: 'SIGTERM', atMs: 200 };
  const events = [file('pid file', true, 60), stop, died, file('pid file', true, 210)];
  expect(judge(events)).toMatchObject({
    outcome: 'fail',
    message:
      'After SIGTERM the target ended and left its pid file (/run/app.pid) behind; it died by SIGTERM, as a process does that has no handler.',
  });
});

test('a declared pid file that never was there proves nothing', () => {
  expect(judge([file('pid file', false, 60), ...end, file('pid file', false, 210)])).toMatchObject({
    outcome: 'untested',
    message: 'there was no pid file at /run/app.pid when it served',
  });
});

test('without a look afterwards it is untested', () => {
  expect(judge([...serving, ...end]).outcome).toBe('untested');
});

test.each<[string, readonly Written[]]>([
  ['has no such files', end],
  [
    'was sent a second stop signal',
    [...serving, stop, { ...stop, atMs: 150 }, exit, file('socket', true, 210)],
  ],
  [
    'crashed',
    [
      ...serving,
      stop,
      { type: 'exit', pid: 7, code: null, signal: 'SIGSEGV', atMs: 200 },
      file('socket', true, 210),
    ],
  ],
  [
    'left processes that lived on',
    [
      ...serving,
      stop,
      exit,
      { type: 'survivor', pid: 8, command: 'worker', atMs: 201 },
      file('socket', true, 210),
    ],
  ],
])('it does not apply to a target that %s', (_what, events) => {
  expect(judge(events).outcome).toBe('not-applicable');
});

test('where what is left keeps a new instance from serving, release.port says so', () => {
  const left = [...serving, ...end, file('socket', true, 210), file('pid file', false, 210)];
  const restart = recordingOf(
    [
      ...left,
      { type: 'spawned', pid: 9, instance: 1, atMs: 220 },
      { type: 'exit', pid: 9, code: 1, signal: null, instance: 1, atMs: 300 },
    ],
    { run: { scenario: 'restart' } },
  );
  const idle = recordingOf(left);
  expect(releaseFiles.judge(idle, [idle, restart]).outcome).toBe('not-applicable');
  expect(releaseFiles.judge(idle, [idle]).outcome).toBe('fail');
});
