import { expect, test } from 'vitest';
import { programRecordingOf, recordingOf, type Written } from '../testing/recording-builder.js';
import { serverProcesses } from './server-tree.js';

type State = 'running' | 'zombie' | 'gone';
const seen = (pid: number, state: State, atMs: number, sinceMs = atMs): Written => ({
  type: 'process',
  pid,
  parentPid: 7,
  command: 'child',
  state,
  sinceMs,
  atMs,
});
const executed: Written = { type: 'executed', pid: 7, program: '/bin/server', atMs: 100 };
const ready: Written = { type: 'ready', atMs: 200 };

const pids = (...events: Written[]) => serverProcesses(recordingOf(events)).map(({ event }) => event.pid);

test('a process that was seen once the target was ready is of its tree', () => {
  expect(pids(executed, seen(8, 'running', 90), ready, seen(8, 'gone', 900, 200))).toEqual([8, 8]);
});

test('one that is not seen to go is, whenever it came', () => {
  expect(pids(executed, seen(8, 'running', 90), ready)).toEqual([8]);
  expect(pids(seen(8, 'zombie', 90), executed)).toEqual([8]);
});

test('one that was last seen before the target was ready is not, though it was missed only later', () => {
  expect(pids(executed, seen(8, 'running', 150), ready, seen(8, 'gone', 205, 199))).toEqual([]);
});

test('where the target never was ready, it counts from the program that serves on', () => {
  expect(pids(seen(8, 'running', 90), executed, seen(8, 'gone', 120, 99))).toEqual([]);
  expect(pids(seen(8, 'running', 90), executed, seen(8, 'gone', 120, 100))).toEqual([8, 8]);
});

test('where nothing says when it began to serve, everything counts', () => {
  expect(pids(seen(8, 'running', 10), seen(8, 'gone', 20, 15))).toEqual([8, 8]);
});

test('that another instance was ready says nothing of the first', () => {
  expect(
    pids({ type: 'ready', instance: 1, atMs: 300 }, seen(8, 'running', 10), seen(8, 'gone', 20)),
  ).toEqual([8, 8]);
});

test('a pid that comes again is told by its last end', () => {
  const again = [seen(8, 'running', 90), seen(8, 'gone', 95), seen(8, 'running', 300)];
  expect(pids(executed, ready, ...again)).toEqual([8, 8, 8]);
});

test('of a program that was never seen to be ready only what stays counts: the rest may be of its shim', () => {
  const pids = (...events: Written[]) =>
    serverProcesses(programRecordingOf(events)).map(({ event }) => event.pid);
  expect(pids(seen(8, 'running', 90), seen(8, 'gone', 205, 199))).toEqual([]);
  expect(pids(seen(8, 'zombie', 90))).toEqual([8]);
});
