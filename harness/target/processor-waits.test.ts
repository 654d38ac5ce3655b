import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { currentSystem } from '../process/current-system.js';
import type { System } from '../process/system.js';
import type { EventOf } from '../recording/events.js';
import { ProcessorWaits } from './processor-waits.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A watch over processes 10 and 11, whose threads' waits the test sets. */
function watching(pids: readonly number[] = [10, 11]) {
  const waits = new Map<number, Record<string, number>>();
  const events: EventOf<'kept-waiting'>[] = [];
  const system = {
    processorWaitsMs: (pid: number) => new Map(Object.entries(waits.get(pid) ?? {})),
  } as unknown as System;
  const watch = new ProcessorWaits(
    0,
    system,
    () => pids,
    (event) => events.push(event),
  );
  return { watch, waits, events, waited: () => events.map(({ waitedMs }) => waitedMs) };
}

test('what was waited before the watch began does not count, and all threads of all processes do after it', () => {
  const { watch, waits, events } = watching();
  waits.set(10, { '10': 500 });
  watch.start();
  waits.set(10, { '10': 520, '12': 7 });
  waits.set(11, { '11': 30 });
  vi.advanceTimersByTime(100);
  expect(events).toMatchObject([{ type: 'kept-waiting', instance: 0, waitedMs: 57 }]);
  expect(events[0]?.sinceMs).toBeLessThanOrEqual(events[0]?.atMs ?? 0);
});

test('only what has grown is told, and nothing below what every process waits for', () => {
  const { watch, waits, waited } = watching();
  watch.start();
  waits.set(10, { '10': 4.9 });
  vi.advanceTimersByTime(100);
  expect(waited()).toEqual([]);
  waits.set(10, { '10': 14.9 });
  vi.advanceTimersByTime(100);
  expect(waited()).toEqual([10]);
});

test('a second start changes nothing, and after the end nothing is watched', () => {
  const { watch, waits, waited } = watching();
  watch.start();
  waits.set(10, { '10': 50 });
  watch.start();
  vi.advanceTimersByTime(100);
  expect(waited()).toEqual([50]);
  waits.set(10, { '10': 60 });
  watch.stop();
  // What was waited since the last look is told at the end, and once.
  expect(waited()).toEqual([50, 10]);
  waits.set(10, { '10': 90 });
  watch.stop();
  vi.advanceTimersByTime(1000);
  expect(waited()).toEqual([50, 10]);
});

test.runIf(process.platform === 'linux')(
  'this system shows the waits of this process, thread by thread',
  () => {
    const waits = currentSystem().processorWaitsMs(process.pid);
    expect(waits.size).toBeGreaterThan(1);
    for (const waitedMs of waits.values()) expect(waitedMs).toBeGreaterThanOrEqual(0);
    expect(currentSystem().processorWaitsMs(2 ** 22 + 1).size).toBe(0);
  },
);

test('what has been stopped does not begin again', () => {
  const { watch, waits, waited } = watching();
  watch.start();
  watch.stop();
  // A zombie that is seen while the harness ends the target.
  watch.start();
  waits.set(10, { '10': 500 });
  vi.advanceTimersByTime(200);
  expect(waited()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
