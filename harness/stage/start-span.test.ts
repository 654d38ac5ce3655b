import { expect, test } from 'vitest';
import { MomentMissed } from './moment-missed.js';
import { measuredStart, mostMeasured, type WatchedStart } from './start-span.js';

/** Measures these starts, one after the other, and counts them. */
function starts(...given: WatchedStart[]) {
  let measured = 0;
  const measure = () => {
    const start = given[measured] ?? given.at(-1);
    measured += 1;
    return start === undefined ? Promise.reject(new Error('no start')) : Promise.resolve(start);
  };
  return { measure, count: () => measured };
}

const whole: WatchedStart = { spanMs: 40, handlerMs: 30, isSeen: true };
const late = (spanMs: number): WatchedStart => ({ spanMs, handlerMs: 0.1, isSeen: false });

test('a start that was seen from its beginning is measured once', async () => {
  const { measure, count } = starts(whole, late(90));
  expect(await measuredStart(measure)).toEqual({ spanMs: 40, handlerMs: 30 });
  expect(count()).toBe(1);
});

test('a start that was looked at too late is measured again', async () => {
  const { measure, count } = starts(late(0.8), late(90), whole);
  expect(await measuredStart(measure)).toEqual({ spanMs: 40, handlerMs: 30 });
  expect(count()).toBe(3);
});

test('of starts that are too short to be seen the longest is taken', async () => {
  const { measure, count } = starts(late(0.8), late(1.5), late(0.7));
  expect(await measuredStart(measure)).toEqual({ spanMs: 1.5, handlerMs: 0.1 });
  expect(count()).toBe(mostMeasured);
});

test('a moment of a start that was missed once is looked for in another start, and told when it is missed again', async () => {
  const outcomes = [new MomentMissed('it listens', 'it was not seen within 1 s'), whole];
  const measure = async () => {
    const outcome = outcomes.shift();
    if (outcome === undefined || outcome instanceof Error) throw outcome;
    return outcome;
  };
  expect(await measuredStart(measure)).toEqual({ spanMs: 40, handlerMs: 30 });
  let starts = 0;
  const never = async () => {
    starts += 1;
    throw new MomentMissed('it listens', 'it was not seen within 1 s');
  };
  await expect(measuredStart(never)).rejects.toThrow(MomentMissed);
  expect(starts).toBe(2);
});

test('a target that does not come to listen is told at once, where it is no moment that was missed', async () => {
  await expect(measuredStart(() => Promise.reject(new Error('the target has ended before')))).rejects.toThrow(
    'ended',
  );
});
