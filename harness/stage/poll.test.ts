import { expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import { MomentMissed } from './moment-missed.js';
import { poll } from './poll.js';

/** How it ended: undefined when the fact was seen, otherwise what was missed and why. */
async function outcomeOf(...given: Parameters<typeof poll>) {
  try {
    await poll(...given);
    return undefined;
  } catch (error) {
    if (!(error instanceof MomentMissed)) throw error;
    return { moment: error.moment, reason: error.reason };
  }
}

test('a fact that holds is seen at the first look', async () => {
  let looks = 0;
  const fact = () => ++looks > 0;
  expect(await outcomeOf(fact, { moment: 'it is so', timeoutMs: 0 })).toBeUndefined();
  expect(looks).toBe(1);
});

test('a fact that comes is seen as soon as it is looked at again', async () => {
  let looks = 0;
  const fact = () => ++looks === 4;
  expect(await outcomeOf(fact, { moment: 'it is so', timeoutMs: 10_000, intervalMs: 1 })).toBeUndefined();
  expect(looks).toBe(4);
});

test('a fact that does not come is a missed moment, once the time is over', async () => {
  const fromMs = nowMs();
  const missed = await outcomeOf(() => false, { moment: 'it is so', timeoutMs: 40 });
  expect(missed).toEqual({ moment: 'it is so', reason: 'it was not seen within 40 ms' });
  expect(nowMs() - fromMs).toBeGreaterThanOrEqual(40);
});

test('a fact that cannot come any more is not waited for', async () => {
  let looks = 0;
  const hopeless = () => (++looks === 3 ? 'it has ended' : undefined);
  const missed = await outcomeOf(() => false, {
    moment: 'it is so',
    timeoutMs: 60_000,
    intervalMs: 1,
    hopeless,
  });
  expect(missed).toEqual({ moment: 'it is so', reason: 'it has ended' });
});

test('a fact that is seen counts, also where nothing more can come', async () => {
  const hopeless = () => 'it has ended';
  expect(await outcomeOf(() => true, { moment: 'it is so', timeoutMs: 1000, hopeless })).toBeUndefined();
});

test('an error of the look itself is no missed moment', async () => {
  const fact = () => {
    throw new TypeError('a bug');
  };
  await expect(poll(fact, { moment: 'it is so', timeoutMs: 1000 })).rejects.toThrow(TypeError);
});

test('where looks are slow, one that began at the end of the time is waited for', async () => {
  const fromMs = nowMs();
  let looks = 0;
  // The first look that says something comes after the time, and began in it.
  const fact = () => {
    looks += 1;
    return nowMs() - fromMs > 60;
  };
  await poll(fact, { moment: 'm', timeoutMs: 20, unseen: () => nowMs() - fromMs < 200 });
  expect(nowMs() - fromMs).toBeLessThan(200);
  const never = poll(() => false, { moment: 'm', timeoutMs: 20, unseen: () => nowMs() - fromMs < 150 });
  await expect(never).rejects.toThrow('it was not seen within 20 ms');
  expect(nowMs() - fromMs).toBeGreaterThanOrEqual(150);
  expect(looks).toBeGreaterThan(1);
});
