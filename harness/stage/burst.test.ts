import { expect, test } from 'vitest';
import type { Instance } from '../target/instance.js';
import { burst } from './burst.js';

/** A root that takes a signal after so many looks, and ends after so many signals. */
function target({ takenAfterLooks = 0, endsAfter = Number.POSITIVE_INFINITY, shows = true } = {}) {
  const sent: string[] = [];
  const looks: number[] = [];
  const instance = {
    launched: { pid: 7 },
    exit: undefined as unknown,
    sendNow(signal: string) {
      sent.push(signal);
      looks.push(0);
    },
  };
  const system = {
    process: () => ({ state: sent.length >= endsAfter ? 'Z' : 'S' }),
    pending: () => {
      const number = looks.length - 1;
      looks[number] = (looks[number] ?? 0) + 1;
      if (!shows) return undefined;
      return (looks[number] ?? 0) > takenAfterLooks ? [] : ['SIGTERM'];
    },
  };
  const play = (count: number) =>
    burst(
      instance as unknown as Instance,
      system as unknown as Parameters<typeof burst>[1],
      'SIGTERM',
      count,
    );
  return { instance, sent, looks, play };
}

test('each signal is sent once the one before has been taken', async () => {
  const { sent, looks, play } = target({ takenAfterLooks: 3 });
  await play(5);
  expect(sent).toHaveLength(5);
  expect(looks).toEqual([4, 4, 4, 4, 4]);
});

test('one that is never taken, and a system that does not show it, keep nothing waiting for ever', async () => {
  const blocking = target({ takenAfterLooks: Number.POSITIVE_INFINITY });
  await blocking.play(3);
  expect(blocking.sent).toHaveLength(3);
  const dark = target({ shows: false });
  await dark.play(50);
  expect(dark.sent).toHaveLength(50);
});

test('nothing is sent to a root that has ended, whether its exit was heard or not', async () => {
  const zombie = target({ endsAfter: 2 });
  await zombie.play(50);
  expect(zombie.sent).toHaveLength(2);
  const gone = target();
  gone.instance.exit = { code: 0 };
  await gone.play(50);
  expect(gone.sent).toHaveLength(0);
});
