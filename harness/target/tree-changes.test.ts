import { expect, test } from 'vitest';
import type { ProcessInfo } from '../process/system.js';
import { TreeChanges } from './tree-changes.js';

const root = 100;

function info(pid: number, state = 'S', startTicks = '1'): ProcessInfo {
  return { pid, parentPid: root, groupId: root, sessionId: root, startTicks, state, command: 'worker' };
}

test('a process that is seen first came some time since the launch', () => {
  const changes = new TreeChanges(0, root, 5);
  expect(changes.seen([info(root), info(101)], 10, 11)).toEqual([
    {
      type: 'process',
      instance: 0,
      pid: 101,
      parentPid: root,
      command: 'worker',
      state: 'running',
      sinceMs: 5,
      atMs: 11,
    },
  ]);
});

test('nothing is said while nothing changes, and a change lies between the last look and this one', () => {
  const changes = new TreeChanges(0, root, 0);
  changes.seen([info(101)], 10, 11);
  expect(changes.seen([info(101, 'R')], 20, 21)).toEqual([]);
  expect(changes.seen([info(101, 'Z')], 30, 31)).toMatchObject([{ state: 'zombie', sinceMs: 20, atMs: 31 }]);
  expect(changes.seen([], 40, 41)).toMatchObject([{ state: 'gone', sinceMs: 30, atMs: 41 }]);
  expect(changes.seen([], 50, 51)).toEqual([]);
});

test('a stopped process is seen stopped, and running again', () => {
  const changes = new TreeChanges(0, root, 0);
  changes.seen([info(101)], 1, 2);
  expect(changes.seen([info(101, 'T')], 3, 4)).toMatchObject([{ state: 'stopped' }]);
  expect(changes.seen([info(101)], 5, 6)).toMatchObject([{ state: 'running' }]);
});

test('another process with the same pid is another process', () => {
  const changes = new TreeChanges(0, root, 0);
  changes.seen([info(101, 'S', '1')], 10, 11);
  expect(changes.seen([info(101, 'S', '2')], 20, 21)).toMatchObject([
    { pid: 101, state: 'running', sinceMs: 0 },
    { pid: 101, state: 'gone', sinceMs: 10 },
  ]);
});
