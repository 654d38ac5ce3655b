import { expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import { Paced } from './paced.js';

function counted(costMs: number) {
  let reads = 0;
  const paced = new Paced(() => {
    const untilMs = nowMs() + costMs;
    while (nowMs() < untilMs);
    reads += 1;
    return reads;
  });
  return { paced, reads: () => reads };
}

test('the first look is made at once, and says when it began', () => {
  const { paced } = counted(0);
  const beforeMs = nowMs();
  const look = paced.since(beforeMs);
  expect(look?.value).toBe(1);
  expect(look?.beforeMs).toBeGreaterThanOrEqual(beforeMs);
});

test('until it is time for the next look, the last serves everybody whom it is new enough for', () => {
  const { paced, reads } = counted(20);
  const sinceMs = nowMs();
  expect([paced.since(sinceMs), paced.since(sinceMs), paced.since(0)].map((look) => look?.value)).toEqual([
    1, 1, 1,
  ]);
  expect(reads()).toBe(1);
});

test('what was read before is not given to who asks for something newer: too soon is no answer', () => {
  const { paced, reads } = counted(20);
  paced.since(nowMs());
  expect(paced.since(nowMs())).toBeUndefined();
  expect(reads()).toBe(1);
});

test('many who each need a look of their own time share the next one', () => {
  const { paced, reads } = counted(10);
  paced.since(nowMs());
  const wanted = Array.from({ length: 50 }, () => nowMs());
  const untilMs = nowMs() + 80;
  let served = 0;
  while (nowMs() < untilMs) served = wanted.filter((sinceMs) => paced.since(sinceMs) !== undefined).length;
  expect(served).toBe(50);
  expect(reads()).toBeLessThanOrEqual(4);
});

test('looking takes a fifth of the time at most, however often it is asked', () => {
  const { paced, reads } = counted(5);
  const untilMs = nowMs() + 150;
  while (nowMs() < untilMs) paced.since(nowMs());
  expect(reads()).toBeGreaterThan(1);
  expect(reads()).toBeLessThanOrEqual(Math.ceil(150 / 25));
});
