import { expect, test } from 'vitest';
import type { Surveyed } from '../survey/surveyed.js';
import { startsAtOnce } from './starting.js';

const starting = (startMs: number, startProcessorMs: number | undefined) =>
  startsAtOnce({ startMs, startProcessorMs } as Surveyed, 2);

test.each([
  ['a short start', 80, 10, 2],
  ['a long start that computes all the time', 3000, 3000, 2],
  ['a long start on several threads', 3000, 5500, 2],
  ['a long start that waits for three quarters of its time', 3000, 750, 8],
  ['a long start that only waits', 3000, 0, 16],
  ['a long start on a system that does not show processor time', 3000, undefined, 2],
])('%s', (_what, startMs, startProcessorMs, expected) => {
  expect(starting(startMs, startProcessorMs)).toBe(expected);
});
