import { expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import { Recorder } from './recorder.js';

const spawned = { type: 'spawned', instance: 0, pid: 7, beforeMs: 1000, atMs: 1002 } as const;

test('times count from the first act of the run', () => {
  const recorder = new Recorder();
  recorder.add(spawned);
  recorder.add({ type: 'gone', instance: 0, sinceMs: 1010.5, atMs: 1020 });
  expect(recorder.startMs).toBe(1000);
  expect(recorder.close()).toEqual([
    { ...spawned, beforeMs: 0, atMs: 2 },
    { type: 'gone', instance: 0, sinceMs: 10.5, atMs: 20 },
  ]);
});

test('events are sorted by when they were observed, those of one moment as they came', () => {
  const recorder = new Recorder();
  recorder.add(spawned);
  for (const [moment, atMs] of [
    ['c', 1030],
    ['a', 1010],
    ['b1', 1020],
    ['b2', 1020],
  ] as const)
    recorder.add({ type: 'moment', moment, atMs });
  const moments = recorder.close().flatMap((event) => (event.type === 'moment' ? event.moment : []));
  expect(moments).toEqual(['a', 'b1', 'b2', 'c']);
});

test('times are rounded to a microsecond, and everything else is kept as it was', () => {
  const recorder = new Recorder();
  recorder.add({ ...spawned, beforeMs: 1000, atMs: 1000.123456 });
  const output = {
    type: 'output',
    instance: 0,
    stream: 'stdout',
    text: '1000.123456\n',
    atMs: 1001,
  } as const;
  recorder.add(output);
  expect(recorder.close()).toEqual([
    { ...spawned, beforeMs: 0, atMs: 0.123 },
    { ...output, atMs: 1 },
  ]);
  expect(output.atMs).toBe(1001);
});

test('what comes after the close is not recorded', () => {
  const recorder = new Recorder();
  recorder.add(spawned);
  recorder.close();
  recorder.add({ type: 'moment', moment: 'too late', atMs: 2000 });
  expect(recorder.close()).toHaveLength(1);
});

test('what is forgotten was no part of the run, and no beginning of it', () => {
  const recorder = new Recorder();
  recorder.add(spawned);
  recorder.forget();
  recorder.add({ ...spawned, pid: 8, beforeMs: 2000, atMs: 2001 });
  expect(recorder.startMs).toBe(2000);
  expect(recorder.close()).toEqual([{ ...spawned, pid: 8, beforeMs: 0, atMs: 1 }]);
});

test('a recorder without events begins now, and is empty', () => {
  const before = nowMs();
  const recorder = new Recorder();
  expect(recorder.startMs).toBeGreaterThanOrEqual(before);
  expect(recorder.startMs).toBeLessThanOrEqual(nowMs());
  expect(recorder.close()).toEqual([]);
});

test('what is added later and began earlier is the beginning', () => {
  const recorder = new Recorder();
  recorder.add({ type: 'moment', moment: 'it has begun', atMs: 1001 });
  recorder.add(spawned);
  expect(recorder.close().map(({ atMs }) => atMs)).toEqual([2, 1]);
});
