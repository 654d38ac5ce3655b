import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { treeNoOrphans } from './no-orphans.js';

const begin: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'process', pid: 8, parentPid: 7, command: 'worker', state: 'running', atMs: 40 },
  { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 100 },
  { type: 'exit', pid: 7, code: 0, signal: null, atMs: 200 },
];
const survivor = (pid = 8, atMs = 205): Written => ({ type: 'survivor', pid, command: 'worker', atMs });
const ended = (atMs: number, pids = [8]): Written => ({ type: 'ended-by-harness', reason: '', pids, atMs });

const judge = (events: readonly Written[], given: Given = {}) =>
  verdictOf(treeNoOrphans, recordingOf(events, given));

test('a tree that is gone with its root passes', () => {
  expect(judge([...begin, { type: 'gone', atMs: 201 }])).toMatchObject({ outcome: 'pass', evidence: [3, 4] });
});

test('a descendant that is gone within a second of the root passes', () => {
  const gone: Written = { type: 'gone', sinceMs: 900, atMs: 920 };
  expect(judge([...begin, survivor(), gone]).outcome).toBe('pass');
});

test('a descendant that lives on for longer fails, and is named', () => {
  const gone: Written = { type: 'gone', sinceMs: 1700, atMs: 1710 };
  expect(judge([...begin, survivor(), gone])).toMatchObject({
    outcome: 'fail',
    message: 'The root (pid 7) exited, but pid 8 (worker) lived on for 1.52 s.',
    evidence: [3, 4, 5],
  });
});

test('a descendant that the harness had to end fails', () => {
  expect(judge([...begin, survivor(), ended(3000), { type: 'gone', atMs: 3010 }])).toMatchObject({
    outcome: 'fail',
    observed: 'pid 8 (worker) was still alive 2.8 s later',
    evidence: [3, 4, 5],
  });
});

test('a descendant that was seen again later than a second fails', () => {
  expect(judge([...begin, survivor(), survivor(8, 1300)]).outcome).toBe('fail');
});

test('of several, the one that lives on is named', () => {
  const gone8: Written = {
    type: 'process',
    pid: 8,
    parentPid: 1,
    command: 'worker',
    state: 'gone',
    atMs: 300,
  };
  const verdict = judge([...begin, survivor(8), survivor(9), gone8, ended(3000, [9])]);
  expect(verdict).toMatchObject({ outcome: 'fail', observed: expect.stringContaining('pid 9') });
});

test('it judges early runs as well', () => {
  expect(judge([...begin, survivor(), ended(3000)], { run: { early: true } }).outcome).toBe('fail');
  expect(treeNoOrphans.judgesEarly).toBe(true);
});

test('a descendant whose end was sampled too coarsely is untested', () => {
  const gone: Written = { type: 'gone', sinceMs: 1000, atMs: 1400 };
  expect(judge([...begin, survivor(), gone])).toMatchObject({ outcome: 'untested', straddles: true });
});

test('an exit that may have been earlier than it was seen makes it untested', () => {
  const lag: Written = { type: 'lag', who: 'harness', lagMs: 300, atMs: 200 };
  const gone: Written = { type: 'gone', sinceMs: 1000, atMs: 1010 };
  expect(judge([...begin, lag, survivor(), gone])).toMatchObject({ outcome: 'untested', straddles: true });
});

test('a descendant that the harness ended at once is no proof', () => {
  const verdict = judge([...begin, survivor(), ended(400)]);
  expect(verdict.outcome).toBe('untested');
  expect(verdict).not.toHaveProperty('straddles');
});

test('a recording that does not say what was left is untested', () => {
  expect(judge(begin).outcome).toBe('untested');
});

test('does not apply where the root did not exit by itself', () => {
  const killed: Written = { type: 'exit', pid: 7, code: null, signal: 'SIGKILL', atMs: 3001 };
  expect(judge([...begin.slice(0, 3), ended(3000, [7, 8]), killed]).outcome).toBe('not-applicable');
});

test('does not apply where the root was killed', () => {
  const verdict = judge([...begin, survivor(), ended(3000)], { run: { scenario: 'killed' } });
  expect(verdict.outcome).toBe('not-applicable');
});

test('the message tells a short survival from none, and counts several orphans', () => {
  const gone: Written = { type: 'gone', sinceMs: 900, atMs: 920 };
  expect(judge([...begin, survivor(), gone]).message).toBe(
    'What outlived the root was gone within a second.',
  );
  expect(judge([...begin, { type: 'gone', atMs: 201 }]).message).toBe('No process outlived the root.');
  const two = judge([...begin, survivor(8), survivor(9), ended(3000, [8, 9])]);
  expect(two.message).toContain('pid 8 (worker) (and 1 more) was still alive');
});

test('the end of each survivor counts, where it was seen, before that of the tree', () => {
  const over = (pid: number, state: 'gone' | 'zombie', atMs: number): Written => ({
    type: 'process',
    pid,
    parentPid: 1,
    command: 'worker',
    state,
    atMs,
  });
  // The end of the tree alone is too coarse: it may have been later than a second.
  const gone: Written = { type: 'gone', sinceMs: 350, atMs: 1500 };
  const two = [...begin, survivor(8), survivor(9)];
  expect(judge([...two, over(8, 'gone', 300), over(9, 'zombie', 400), gone]).outcome).toBe('pass');
  expect(judge([...two, over(8, 'gone', 300), gone]).outcome).toBe('untested');
  expect(judge([...two, over(8, 'gone', 150), over(9, 'gone', 400), gone]).outcome).toBe('untested');
  expect(judge([...two, over(8, 'gone', 1700), over(9, 'gone', 300)])).toMatchObject({
    outcome: 'fail',
    observed: expect.stringContaining('pid 8'),
  });
});

test('a descendant that had no processor to end with is no proof', () => {
  const waited: Written = { type: 'kept-waiting', waitedMs: 700, sinceMs: 300, atMs: 1100 };
  const gone: Written = { type: 'gone', sinceMs: 1700, atMs: 1710 };
  expect(judge([...begin, survivor(), waited, gone])).toMatchObject({
    outcome: 'untested',
    straddles: true,
    message: expect.stringContaining(
      'lived on for 1.52 s, of which it may have waited 700 ms for a processor',
    ),
  });
  // The harness had to end it, though it had all of two seconds to itself.
  expect(judge([...begin, survivor(), waited, ended(3000), { type: 'gone', atMs: 3010 }]).outcome).toBe(
    'fail',
  );
  expect(judge([...begin, survivor(), waited, ended(1700), { type: 'gone', atMs: 1710 }])).toMatchObject({
    outcome: 'untested',
    message: expect.stringContaining('and still was 1.5 s later, of which it may have waited 700 ms'),
  });
});
