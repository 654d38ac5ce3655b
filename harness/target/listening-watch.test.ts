import { expect, test } from 'vitest';
import type { Listener, ProcessInfo, System } from '../process/system.js';
import type { Instance } from './instance.js';
import { ListeningWatch } from './listening-watch.js';

const root = 100;
const worker = 101;

/** A target of a root and a worker, and a machine whose tables are counted when they are read. */
function target({
  sockets = {} as Record<number, string[]> | null,
  listening = {} as Record<number, number>,
} = {}) {
  let tables = 0;
  const seen: string[] = [];
  const instance = {
    launched: { pid: root },
    members: () => [{ pid: root }, { pid: worker }] as ProcessInfo[],
  } as unknown as Instance;
  const system = {
    tcpSockets: (pids: number[]) =>
      sockets === null ? undefined : new Set(pids.flatMap((pid) => sockets[pid] ?? [])),
    listeners: (pids: number[], family: string): Listener[] => {
      tables += 1;
      seen.push(family);
      return pids.flatMap((pid) => (listening[pid] ? { host: '127.0.0.1', port: listening[pid], pid } : []));
    },
  } as unknown as System;
  const watch = new ListeningWatch(instance, system, 'tcp6');
  const looks = (count: number) => Array.from({ length: count }, () => watch.look().map(({ port }) => port));
  return { looks, tables: () => tables, seen };
}

test('the table is not read while the target holds no TCP socket', () => {
  const { looks, tables } = target({ sockets: {} });
  expect(looks(100).flat()).toEqual([]);
  expect(tables()).toBe(0);
});

test('a root that listens is seen at the first look, in the table that was asked for', () => {
  const { looks, seen } = target({ sockets: { [root]: ['1'] }, listening: { [root]: 8080 } });
  expect(looks(1)).toEqual([[8080]]);
  expect(seen).toEqual(['tcp6']);
});

test('a worker that listens is seen within five looks', () => {
  const { looks } = target({ sockets: { [worker]: ['1'] }, listening: { [worker]: 8080 } });
  expect(looks(5)).toEqual([[], [], [], [], [8080]]);
});

test('a socket that does not listen is looked at seldom after a while, and seen when it does at last', () => {
  const listening: Record<number, number> = {};
  const { looks, tables } = target({ sockets: { [root]: ['1'] }, listening });
  looks(200);
  expect(tables()).toBe(5 + 10);
  listening[root] = 8080;
  expect(looks(20).flat()).toEqual([8080]);
});

test('a new socket is worth a look, whatever is known of the others', () => {
  const sockets = { [root]: ['1'] };
  const listening: Record<number, number> = {};
  const { looks } = target({ sockets, listening });
  looks(50);
  sockets[root]?.push('2');
  listening[root] = 8080;
  expect(looks(1)).toEqual([[8080]]);
});

test('where the system does not show sockets, the listeners are asked each time', () => {
  const { looks, tables } = target({ sockets: null, listening: { [root]: 8080 } });
  expect(looks(3)).toEqual([[8080], [8080], [8080]]);
  expect(tables()).toBe(3);
});
