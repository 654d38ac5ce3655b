import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { treeRootLast } from './root-last.js';

const root: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'process', pid: 7, parentPid: 1, command: 'server', state: 'running', atMs: 10 },
];
const stopped: readonly Written[] = [
  { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 100 },
  { type: 'exit', pid: 7, code: 0, signal: null, atMs: 200 },
];
const child: Written = {
  type: 'process',
  pid: 8,
  parentPid: 7,
  command: 'worker',
  state: 'running',
  atMs: 40,
};
const survivor: Written = { type: 'survivor', pid: 8, command: 'worker', atMs: 230 };
const gone = (atMs: number, sinceMs = atMs): Written => ({ type: 'gone', sinceMs, atMs });

const judge = (events: readonly Written[], given: Given = {}) =>
  verdictOf(treeRootLast, recordingOf(events, given));

test('a root that exits last passes', () => {
  expect(judge([...root, child, ...stopped, gone(201)])).toMatchObject({
    outcome: 'pass',
    message: 'No descendant was seen alive after the exit of the root.',
  });
});

test('what was seen only as a zombie after the exit of the root is said to be that', () => {
  const zombie = (pid: number, atMs: number) => ({ ...child, pid, state: 'zombie', atMs }) as Written;
  expect(judge([...root, child, ...stopped, zombie(8, 201), gone(202)])).toMatchObject({
    outcome: 'pass',
    message: 'No descendant was seen alive after the exit of the root, only pid 8 as a zombie.',
  });
  expect(judge([...root, child, ...stopped, zombie(8, 201), zombie(9, 201), gone(202)]).message).toContain(
    'only pid 8 and pid 9 as zombies',
  );
  // Those of the time before, and the root itself, say nothing of it.
  expect(judge([...root, child, zombie(8, 150), ...stopped, zombie(7, 201), gone(202)]).message).toBe(
    'No descendant was seen alive after the exit of the root.',
  );
});

test('a descendant that was seen after the exit of the root fails', () => {
  expect(judge([...root, child, ...stopped, survivor, gone(260, 240)])).toMatchObject({
    outcome: 'fail',
    message: 'The root (pid 7) exited first: pid 8 (worker) was still alive 40 ms later.',
    evidence: [4, 5, 6],
  });
});

test('an orphan is judged by tree.no-orphans', () => {
  expect(judge([...root, child, ...stopped, survivor, gone(2000)])).toMatchObject({
    outcome: 'not-applicable',
    message: expect.stringContaining('tree.no-orphans'),
  });
});

test('when it is not certain that it is an orphan, it still outlived the root', () => {
  expect(judge([...root, child, ...stopped, survivor, gone(1500, 900)]).outcome).toBe('fail');
});

test('does not apply to a single process', () => {
  expect(judge([...root, ...stopped, gone(201)])).toMatchObject({
    outcome: 'not-applicable',
    message: 'no process of the target but its root was seen',
  });
});

test('does not apply where the root was killed, or ended by the harness', () => {
  const killed = judge([...root, child, ...stopped, survivor, gone(300)], { run: { scenario: 'killed' } });
  expect(killed.outcome).toBe('not-applicable');
  const ended: Written = { type: 'ended-by-harness', reason: '', pids: [7, 8], atMs: 150 };
  expect(judge([...root, child, ...stopped, ended]).outcome).toBe('not-applicable');
});

test('a recording that does not say what was left is untested', () => {
  expect(judge([...root, child, ...stopped]).outcome).toBe('untested');
});

test('several that outlived the root are counted', () => {
  const two = [survivor, { ...survivor, pid: 9 } as Written];
  expect(judge([...root, child, ...stopped, ...two, gone(260, 240)]).message).toContain(
    'pid 8 (worker) and 1 more were still alive',
  );
});

test('helpers of the start-up are not its tree', () => {
  const helper = { ...child, state: 'gone', sinceMs: 45, atMs: 60 } as Written;
  expect(judge([...root, child, helper, { type: 'ready', atMs: 50 }, ...stopped, gone(201)])).toMatchObject({
    outcome: 'not-applicable',
    message: 'no process of the target but its root was seen',
  });
});

test('in an early run only a failure says something', () => {
  const early: Given = { run: { scenario: 'early-bound', early: true } };
  expect(judge([...root, child, ...stopped, gone(201)], early)).toMatchObject({
    outcome: 'not-applicable',
    message: expect.stringContaining('still starting'),
  });
  expect(judge([...root, child, ...stopped, survivor, gone(260, 240)], early).outcome).toBe('fail');
});
