import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { surviveUndeclaredHangup } from './undeclared-hangup.js';

const start: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'ready', atMs: 50 },
];
const hangup: Written = { type: 'signal', signal: 'SIGHUP', pid: 7, atMs: 100 };
const exit = (code: number | null, signal: NodeJS.Signals | null = null, atMs = 150): Written => ({
  type: 'exit',
  pid: 7,
  code,
  signal,
  atMs,
});
const trace: Written = {
  type: 'output',
  stream: 'stderr',
  text: 'Traceback (most recent call last):\n  File "srv.py", line 1\nRuntimeError: hup\n',
  atMs: 120,
};
const canary: Written = { type: 'connected', client: 'canary-2', role: 'canary', localPort: 2, atMs: 110 };
const request: Written = {
  type: 'request',
  client: 'canary-2',
  exchange: 1,
  bytes: 5,
  part: 'whole',
  atMs: 112,
};
const reply: Written = { type: 'reply', client: 'canary-2', exchange: 1, bytes: 5, atMs: 115 };
const hangupRun: Given = { run: { scenario: 'hangup', signal: 'SIGHUP' } };

const judge = (events: readonly Written[], given: Given = hangupRun) =>
  verdictOf(surviveUndeclaredHangup, recordingOf([...start, ...events], given));

test('a graceful stop passes, and so does death by SIGHUP where that is accepted', () => {
  expect(judge([hangup, exit(0)]).outcome).toBe('pass');
  expect(judge([hangup, exit(null, 'SIGHUP')]).outcome).toBe('pass');
});

test('a server that serves on passes', () => {
  const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 500 };
  expect(judge([hangup, canary, request, reply, stop, exit(1, null, 600)])).toMatchObject({
    outcome: 'pass',
  });
});

test('death by SIGHUP fails where the contract does not accept it', () => {
  expect(judge([hangup, exit(null, 'SIGHUP')], { ...hangupRun, contract: { exitStatus: [0] } }).outcome).toBe(
    'fail',
  );
});

test('another status fails', () => {
  expect(judge([hangup, exit(129)])).toMatchObject({
    outcome: 'fail',
    message:
      'The server (pid 7) ended 50 ms after a SIGHUP that the contract does not mention, with exit status 129.',
    evidence: [2, 3],
  });
});

test('an end with a traceback fails', () => {
  expect(judge([hangup, trace, exit(1)])).toMatchObject({
    outcome: 'fail',
    observed: expect.stringContaining('with a Python traceback'),
    evidence: [2, 4, 3],
  });
});

test('an end after the deadline fails', () => {
  expect(judge([hangup, exit(0, null, 2500)])).toMatchObject({
    outcome: 'fail',
    observed: 'later than the deadline of 2 s',
  });
});

test('an end whose error bar straddles the deadline is untested', () => {
  const lag: Written = { type: 'lag', who: 'harness', lagMs: 300, atMs: 2400 };
  expect(judge([hangup, lag, exit(0, null, 2400)])).toMatchObject({ outcome: 'untested', straddles: true });
});

test('a server that neither ends nor serves fails', () => {
  const silence: Written = { type: 'no-reply', client: 'canary-2', exchange: 1, waitedMs: 300, atMs: 412 };
  expect(judge([hangup, canary, request, silence])).toMatchObject({
    outcome: 'fail',
    message: 'After SIGHUP the server neither ended nor served: the next client (canary-2) got no reply.',
  });
  const refused: Written = {
    type: 'connect-failed',
    client: 'canary-2',
    role: 'canary',
    code: 'ECONNREFUSED',
    atMs: 110,
  };
  expect(judge([hangup, refused]).outcome).toBe('fail');
});

test('a client that is refused by a server that is stopping gracefully is no failure', () => {
  const refused: Written = {
    type: 'connect-failed',
    client: 'canary-2',
    role: 'canary',
    code: 'ECONNREFUSED',
    atMs: 110,
  };
  expect(judge([hangup, refused, exit(0)]).outcome).toBe('pass');
});

test('without a signal, or without anything after it, it is untested', () => {
  expect(judge([exit(1)]).outcome).toBe('untested');
  expect(judge([hangup]).outcome).toBe('untested');
});

test('a crash is judged by exit.no-crash', () => {
  expect(judge([hangup, exit(null, 'SIGSEGV')])).toMatchObject({
    outcome: 'not-applicable',
    message: expect.stringContaining('exit.no-crash'),
  });
});

test.each(['stopSignals', 'reloadSignals', 'ignoreSignals'] as const)(
  'does not apply where SIGHUP is in %s',
  (list) => {
    const verdict = judge([hangup, exit(1)], { ...hangupRun, contract: { [list]: ['SIGHUP'] } });
    expect(verdict.outcome).toBe('not-applicable');
  },
);

test('does not apply to other runs', () => {
  expect(judge([hangup, exit(1)], {}).outcome).toBe('not-applicable');
});
