import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { outputNoTraceback } from './no-traceback.js';

const ready: Written = { type: 'ready', atMs: 50 };
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 100 };
const trace = 'Traceback (most recent call last):\n  File "srv.py", line 3, in stop\nKeyboardInterrupt\n';
const wrote = (atMs: number, text = trace): Written => ({ type: 'output', stream: 'stderr', text, atMs });

const judge = (events: readonly Written[], given: Given = {}) =>
  verdictOf(outputNoTraceback, recordingOf(events, given));

test('output without a traceback passes', () => {
  expect(judge([ready, stop, wrote(110, 'stopping\n')])).toMatchObject({
    outcome: 'pass',
    message: 'No traceback in 1 piece of output.',
  });
});

test('a traceback fails, with its runtime, its time, and its first and last line', () => {
  expect(judge([ready, stop, wrote(140)])).toMatchObject({
    outcome: 'fail',
    message:
      'The target wrote a Python traceback 40 ms after SIGTERM: "Traceback (most recent call last):" … "KeyboardInterrupt".',
    evidence: [2],
  });
});

test('a traceback before the stop signal, or without any, fails as well', () => {
  expect(judge([ready, wrote(60), stop]).outcome).toBe('fail');
  expect(judge([ready, wrote(60), stop]).message).toContain('wrote a Python traceback: "');
  expect(judge([ready, wrote(60)]).outcome).toBe('fail');
});

test('a traceback after the exit of the root, from the rest of its pipe, fails', () => {
  expect(
    judge([ready, stop, { type: 'exit', pid: 7, code: 1, signal: null, atMs: 120 }, wrote(121)]).outcome,
  ).toBe('fail');
});

test('output before the target was ready is not looked at', () => {
  expect(judge([wrote(40), ready, stop])).toMatchObject({
    outcome: 'pass',
    message: 'No traceback in 0 pieces of output.',
  });
});

test('what is written after the harness ended the target, or after SIGKILL, is not looked at', () => {
  const ended: Written = { type: 'ended-by-harness', reason: '', pids: [7], atMs: 130 };
  const killed: Written = { type: 'signal', signal: 'SIGKILL', pid: 7, atMs: 130 };
  expect(judge([ready, stop, ended, wrote(140)]).outcome).toBe('pass');
  expect(judge([ready, killed, wrote(140)], { run: { scenario: 'killed' } }).outcome).toBe('pass');
});

test('the output of a second instance is not looked at', () => {
  expect(judge([ready, stop, { ...wrote(140), instance: 1 } as Written]).outcome).toBe('pass');
});

test('the message of a pass says what could not be looked at', () => {
  const missing: Written = { type: 'output-missing', stream: 'stdout', bytes: 77, atMs: 120 };
  expect(judge([ready, stop, missing]).message).toContain('77 bytes');
});

test('a target that was never ready is untested', () => {
  expect(judge([stop, wrote(120)]).outcome).toBe('untested');
});

test('does not apply where the server goes down by a reset: survive.client-reset judges that', () => {
  const events: Written[] = [
    ready,
    { type: 'connected', role: 'vanishing', client: 'vanishing-1', localPort: 1, atMs: 60 },
    { type: 'left', client: 'vanishing-1', how: 'rst', atMs: 70 },
    wrote(80),
    { type: 'exit', pid: 7, code: 1, signal: null, atMs: 90 },
  ];
  expect(judge(events, { run: { scenario: 'vanished-client' } })).toMatchObject({
    outcome: 'not-applicable',
    message: expect.stringContaining('survive.client-reset'),
  });
  // The same traceback of a server that lives on is judged here.
  expect(judge(events.slice(0, -1), { run: { scenario: 'vanished-client' } }).outcome).toBe('fail');
});
