import { expect, test } from 'vitest';
import type { Listener, ProcessInfo, System } from '../process/system.js';
import type { Instance } from './instance.js';
import { ListeningWatch } from './listening-watch.js';

const root = 100;
const worker = 101;

/** A target of a root and a worker; `hidden` ports are shown by the whole table only. */
function target(listening: Record<number, number>, { hidden = false } = {}) {
  const asked: { pids: number; family: string; isQuick: boolean }[] = [];
  const instance = {
    launched: { pid: root },
    members: () => [{ pid: root }, { pid: worker }] as ProcessInfo[],
  } as unknown as Instance;
  const system = {
    listeners: (pids: number[], family: string, isQuick: boolean): Listener[] => {
      asked.push({ pids: pids.length, family, isQuick });
      if (isQuick && hidden) return [];
      return pids.flatMap((pid) => (listening[pid] ? { host: '127.0.0.1', port: listening[pid], pid } : []));
    },
  } as unknown as System;
  const watch = new ListeningWatch(instance, system, 'tcp6');
  return {
    looks: (count: number) => Array.from({ length: count }, () => watch.look().map(({ port }) => port)),
    asked,
  };
}

test('a root that listens is seen at the first look, which is quick and in the table that was asked for', () => {
  const { looks, asked } = target({ [root]: 8080 });
  expect(looks(1)).toEqual([[8080]]);
  expect(asked).toEqual([{ pids: 1, family: 'tcp6', isQuick: true }]);
});

test('a worker that listens is seen within five looks', () => {
  const { looks } = target({ [worker]: 8080 });
  expect(looks(5)).toEqual([[], [], [], [], [8080]]);
});

test('what a quick look does not show is seen by the whole table, which is read seldom', () => {
  const { looks, asked } = target({ [worker]: 8080 }, { hidden: true });
  const seen = looks(400);
  expect(seen.flat()).toEqual([8080, 8080]);
  expect(seen[199]).toEqual([8080]);
  expect(asked.filter(({ isQuick }) => !isQuick)).toHaveLength(2);
});
