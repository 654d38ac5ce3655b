import { expect, test } from 'vitest';
import { nowMs } from './clock.js';
import { waitUntil } from './wait-until.js';

/** Nothing else happens in this process meanwhile, as on a machine that is busy. */
function stall(forMs: number): void {
  const untilMs = nowMs() + forMs;
  while (nowMs() < untilMs);
}

test('it ends as soon as the fact holds', async () => {
  let looks = 0;
  expect(await waitUntil(() => ++looks === 3, { timeoutMs: 5000, intervalMs: 1 })).toBe(true);
  expect(looks).toBe(3);
});

test('it ends when the time is over', async () => {
  const fromMs = nowMs();
  expect(await waitUntil(() => false, { timeoutMs: 20, intervalMs: 1 })).toBe(false);
  expect(nowMs() - fromMs).toBeGreaterThanOrEqual(20);
});

test('what came while the loop was late is seen, though the time is over', async () => {
  let came = false;
  const waited = waitUntil(() => came, { timeoutMs: 20, intervalMs: 1 });
  setTimeout(() => {
    came = true;
  }, 10);
  // After the first look, and before the next one.
  setTimeout(() => stall(60), 2);
  expect(await waited).toBe(true);
});
