import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { releaseRecovers } from './recovers.js';

const first: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'ready', atMs: 50 },
  { type: 'signal', signal: 'SIGKILL', pid: 7, atMs: 100 },
  { type: 'exit', pid: 7, code: null, signal: 'SIGKILL', atMs: 101 },
];
const spawned: Written = { type: 'spawned', pid: 9, instance: 1, atMs: 210 };
const inUse: Written = {
  type: 'output',
  stream: 'stderr',
  text: 'Error: listen EADDRINUSE: address already in use\n',
  instance: 1,
  atMs: 280,
};
const exit: Written = { type: 'exit', pid: 9, code: 1, signal: null, instance: 1, atMs: 300 };

const judge = (
  events: readonly Written[],
  given: Given = { run: { scenario: 'killed', signal: 'SIGKILL' } },
) => verdictOf(releaseRecovers, recordingOf([...first, ...events], given));

test('a new instance that becomes ready passes', () => {
  expect(judge([spawned, { type: 'ready', instance: 1, atMs: 260 }]).outcome).toBe('pass');
});

test('a new instance that exits fails, and who may hold the port is named', () => {
  const survivor: Written = { type: 'survivor', pid: 8, command: 'worker', atMs: 110 };
  expect(judge([survivor, spawned, inUse, exit])).toMatchObject({
    outcome: 'fail',
    message: expect.stringMatching(/^After SIGKILL the new instance \(pid 9\) ended.*pid 8 of the killed/),
  });
});

test('without a survivor the hint is another', () => {
  const verdict = judge([spawned, inUse, exit]);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.message).toContain('SO_REUSEADDR');
  expect(verdict.message).not.toContain('pid 8');
});

test('a new instance that does not become ready, or cannot be started, fails', () => {
  expect(judge([spawned, { type: 'not-ready', reason: 'no answer', instance: 1, atMs: 900 }]).outcome).toBe(
    'fail',
  );
  expect(judge([{ type: 'spawn-failed', error: 'ENOENT', instance: 1, atMs: 210 }]).outcome).toBe('fail');
});

test('without a word of the new instance it is untested', () => {
  expect(judge([spawned]).outcome).toBe('untested');
});

test('does not apply to other runs', () => {
  expect(judge([spawned, exit], {}).outcome).toBe('not-applicable');
});
