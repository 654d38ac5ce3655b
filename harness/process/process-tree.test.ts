import { describe, expect, test } from 'vitest';
import { cookieName } from './cookie.js';
import { ProcessTree } from './process-tree.js';
import type { ProcessInfo, System } from './system.js';

const cookie = 'session/idle/SIGTERM~1#0';
const root: ProcessInfo = process_(100, 1, { sessionId: 100, startTicks: '5000' });

function process_(pid: number, parentPid: number, other: Partial<ProcessInfo> = {}): ProcessInfo {
  const usual = { groupId: pid, sessionId: 1, startTicks: '6000', state: 'S', command: `p${pid}` };
  return { pid, parentPid, ...usual, ...other };
}

/** A machine that shows these processes and environments, and counts what is read. */
function machine(environments: Record<number, string> = {}) {
  const read: number[] = [];
  const system = {
    process: (pid: number) => (pid === root.pid ? root : undefined),
    environment: (pid: number) => {
      read.push(pid);
      return environments[pid];
    },
  } as Pick<System, 'process' | 'environment'> as System;
  const tree = new ProcessTree(root.pid, cookie, system);
  const pids = (...processes: ProcessInfo[]) =>
    tree.membersIn({ beforeMs: 0, atMs: 0, processes }).map(({ pid }) => pid);
  return { pids, read };
}
const carries = `PATH=/bin\0${cookieName}=${cookie}\0`;

describe('ProcessTree', () => {
  test('children and their children belong to it, in whatever order they are listed, the root first', () => {
    const { pids } = machine();
    const child = process_(90, 100, { sessionId: 90 });
    const grandchild = process_(80, 90, { sessionId: 80 });
    expect(pids(grandchild, child, root, process_(70, 1))).toEqual([100, 90, 80]);
    expect(pids(grandchild, child, root)).toEqual([100, 80, 90]);
  });

  test('who is still in the session of the root belongs to it, though its parent has gone', () => {
    const { pids } = machine();
    expect(pids(root, process_(90, 1, { sessionId: 100 }))).toEqual([100, 90]);
  });

  test('a daemon that forked twice and left the session is known by the cookie', () => {
    const { pids } = machine({
      90: carries,
      91: 'PATH=/bin\0',
      92: `${cookieName}=other/idle/SIGTERM~1#0\0`,
    });
    const daemons = [90, 91, 92].map((pid) => process_(pid, 1, { sessionId: pid }));
    expect(pids(root, ...daemons)).toEqual([100, 90]);
  });

  test('a cookie of another instance of the same run is another one', () => {
    const { pids } = machine({ 90: `${cookieName}=${cookie.replace('#0', '#1')}\0` });
    expect(pids(root, process_(90, 1))).toEqual([100]);
  });

  test('a known member belongs to it for ever: without parent, session and environment, and as a zombie', () => {
    const { pids } = machine();
    expect(pids(root, process_(90, 100))).toEqual([100, 90]);
    const moved = process_(90, 1, { sessionId: 90, state: 'Z' });
    expect(pids(moved)).toEqual([90]);
    expect(pids(moved, process_(80, 90))).toEqual([90, 80]);
  });

  test('a pid that was used again, with another start time, never belongs to it', () => {
    const { pids } = machine({ 90: 'PATH=/bin\0' });
    expect(pids(root, process_(90, 100))).toEqual([100, 90]);
    const stranger = process_(90, 1, { startTicks: '7000' });
    expect(pids(root, stranger, process_(80, 90))).toEqual([100]);
    expect(pids({ ...root, startTicks: '9000', parentPid: 1 }, process_(80, 1, { sessionId: 100 }))).toEqual(
      [],
    );
  });

  test('when its session is empty, a later one of the same number is a stranger’s', () => {
    const { pids } = machine({ 80: 'PATH=/bin\0' });
    expect(pids(root, process_(90, 100, { sessionId: 90 }))).toEqual([100, 90]);
    expect(pids(process_(90, 1, { sessionId: 90 }))).toEqual([90]);
    expect(pids(process_(80, 1, { sessionId: 100, startTicks: '9001' }))).toEqual([]);
  });

  test('what is older than the root is not even read', () => {
    const { pids, read } = machine({ 50: carries });
    expect(pids(root, process_(50, 1, { startTicks: '4999' }))).toEqual([100]);
    expect(read).toEqual([]);
  });

  test('a stranger is read once, and one that could not be read is asked again', () => {
    const environments: Record<number, string> = { 90: 'PATH=/bin\0' };
    const { pids, read } = machine(environments);
    for (let look = 0; look < 2; look += 1) pids(root, process_(90, 1), process_(91, 1));
    expect(read).toEqual([90, 91, 91]);
    environments[91] = carries;
    expect(pids(root, process_(91, 1))).toEqual([100, 91]);
  });
});
