import { beforeEach, expect, test, vi } from 'vitest';
import { Paced } from './paced.js';

/** A clock that only these tests move: a look takes exactly as long as it is said to. */
const clock = vi.hoisted(() => ({ ms: 0 }));
vi.mock('../clock.js', () => ({ nowMs: () => clock.ms }));
beforeEach(() => {
  clock.ms = 100;
});

/** Something whose reading takes `costMs`; its value counts the looks. */
function counted(costMs: number) {
  let reads = 0;
  const paced = new Paced(() => {
    clock.ms += costMs;
    reads += 1;
    return reads;
  });
  return { paced, reads: () => reads };
}

test('the first look is made at once, and says when it began', () => {
  const { paced } = counted(20);
  expect(paced.since(100)).toMatchObject({ value: 1, beforeMs: 100 });
});

test('until it is time for the next look, the last serves everybody whom it is new enough for', () => {
  const { paced, reads } = counted(20);
  paced.since(100);
  expect([paced.since(100), paced.since(99), paced.since(0)].map((look) => look?.value)).toEqual([1, 1, 1]);
  expect(reads()).toBe(1);
});

test('what was read before is not given to who asks for something newer: too soon is no answer', () => {
  const { paced, reads } = counted(20);
  paced.since(100);
  // It had begun by then, and may have read before it what has changed since.
  expect(paced.since(101)).toBeUndefined();
  expect(paced.since(120)).toBeUndefined();
  expect(reads()).toBe(1);
});

test('after a look there are eight parts of rest to one of reading, and then the next is for everybody', () => {
  const { paced } = counted(20);
  paced.since(100);
  clock.ms = 120 + 159.9;
  expect(paced.since(0)?.value).toBe(1);
  expect(paced.since(130)).toBeUndefined();
  clock.ms = 120 + 160;
  expect(paced.since(0)).toMatchObject({ value: 2, beforeMs: 280 });
});

test('the rest is as long as the last look asks for', () => {
  let costMs = 40;
  const paced = new Paced(() => {
    clock.ms += costMs;
    return costMs;
  });
  paced.since(100);
  clock.ms = 460;
  costMs = 5;
  expect(paced.since(460)).toMatchObject({ value: 5, beforeMs: 460 });
  clock.ms = 505;
  expect(paced.since(505)).toMatchObject({ value: 5, beforeMs: 505 });
});

test('many who each need a look of their own time share the next one', () => {
  const { paced, reads } = counted(10);
  paced.since(100);
  const wanted = Array.from({ length: 50 }, (_, index) => 110 + index / 10);
  expect(wanted.map((sinceMs) => paced.since(sinceMs))).not.toContainEqual(expect.anything());
  clock.ms = 190;
  expect(wanted.map((sinceMs) => paced.since(sinceMs)?.beforeMs)).toEqual(wanted.map(() => 190));
  expect(reads()).toBe(2);
});

test('looking takes a ninth of the time at most, however often it is asked', () => {
  const { paced, reads } = counted(5);
  for (; clock.ms < 100 + 1500; clock.ms += 0.5) paced.since(clock.ms);
  expect(reads()).toBe(34);
});
