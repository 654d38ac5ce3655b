import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { releasePort } from './port.js';

const first: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'ready', atMs: 50 },
  { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 100 },
  { type: 'exit', pid: 7, code: 0, signal: null, atMs: 200 },
  { type: 'gone', atMs: 205 },
];
const spawned: Written = { type: 'spawned', pid: 9, instance: 1, atMs: 210 };
const output = (text: string): Written => ({
  type: 'output',
  stream: 'stderr',
  text,
  instance: 1,
  atMs: 280,
});
const exit: Written = { type: 'exit', pid: 9, code: 1, signal: null, instance: 1, atMs: 300 };

const judge = (events: readonly Written[], given: Given = { run: { scenario: 'restart' } }) =>
  verdictOf(releasePort, recordingOf([...first, ...events], given));

test('a new instance that becomes ready passes', () => {
  expect(judge([spawned, { type: 'ready', instance: 1, atMs: 260 }])).toMatchObject({
    outcome: 'pass',
    message: 'The new instance served after a graceful stop, 50 ms after it was started.',
    evidence: [5, 6],
  });
});

test('a new instance that exits fails, with its last output and the usual cause', () => {
  const verdict = judge([spawned, output('starting\nOSError: [Errno 98] Address already in use\n'), exit]);
  expect(verdict).toMatchObject({
    outcome: 'fail',
    observed: 'the new instance (pid 9) ended with exit status 1 instead of serving',
    evidence: [5, 7],
  });
  expect(verdict.message).toContain('"starting | OSError: [Errno 98] Address already in use"');
  expect(verdict.message).toContain('SO_REUSEADDR');
});

test('another cause is not put down to the address', () => {
  const verdict = judge([spawned, output('no such table: users\n'), exit]);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.message).not.toContain('SO_REUSEADDR');
});

test('a new instance that does not become ready fails', () => {
  const notReady: Written = {
    type: 'not-ready',
    reason: 'it did not listen in 30 s',
    instance: 1,
    atMs: 9000,
  };
  expect(judge([spawned, notReady])).toMatchObject({
    outcome: 'fail',
    message: expect.stringContaining('did not become ready (it did not listen in 30 s)'),
  });
});

test('a new instance that cannot be started fails', () => {
  const failed: Written = { type: 'spawn-failed', error: 'ENOENT', instance: 1, atMs: 210 };
  expect(judge([failed])).toMatchObject({ outcome: 'fail', observed: expect.stringContaining('ENOENT') });
});

test('an exit after it was ready is no failure', () => {
  expect(judge([spawned, { type: 'ready', instance: 1, atMs: 260 }, exit]).outcome).toBe('pass');
});

test('without a word of the new instance it is untested', () => {
  expect(judge([]).outcome).toBe('untested');
  const ended: Written = { type: 'ended-by-harness', reason: '', pids: [9], instance: 1, atMs: 290 };
  expect(judge([spawned, ended, exit]).outcome).toBe('untested');
});

test('does not apply to other runs', () => {
  expect(judge([spawned, exit], {}).outcome).toBe('not-applicable');
});

test('an instance that says nothing is said to say nothing, whatever the first one wrote', () => {
  const old: Written = { type: 'output', stream: 'stderr', text: 'address already in use\n', atMs: 60 };
  expect(judge([old, spawned, exit])).toMatchObject({
    outcome: 'fail',
    message:
      'After a graceful stop the new instance (pid 9) ended with exit status 1 instead of serving, 90 ms after it was started; it wrote nothing.',
  });
});
