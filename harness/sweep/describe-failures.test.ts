import { beforeEach, expect, test, vi } from 'vitest';
import type { PlayAllOptions } from '../conform/play-all.js';
import { describeFailures } from './describe-failures.js';

/** Which of the plays of the first failing place fail; and how each was played. */
const again = vi.hoisted(() => ({
  fails: [] as boolean[],
  plays: [] as Record<string, unknown>[],
  /** All is interrupted in this one; in 0: before. */
  abortedIn: Number.POSITIVE_INFINITY,
}));
vi.mock('../stage/play.js', () => ({
  play: async (options: Record<string, unknown>) => {
    again.plays.push(options);
    return again.fails.shift() ?? false;
  },
}));
const abort = {
  get aborted() {
    return again.plays.length >= again.abortedIn;
  },
};
beforeEach(() => {
  again.fails = [];
  again.plays = [];
  again.abortedIn = Number.POSITIVE_INFINITY;
});

const ids = ['sweep-read-1/SIGTERM', 'sweep-read-2/SIGTERM', 'sweep-read-3/SIGTERM'];
const verdictsOf = (failed: readonly string[], outcome = 'fail') =>
  // In the order in which the runs ended.
  failed.map((run) => ({ verdict: { run, outcome } })) as unknown as Parameters<typeof describeFailures>[1];

const described = (...failed: string[]) =>
  describeFailures(
    {
      session: { abort },
      plan: { runs: ids.map((id) => ({ id, script: { play: async () => {} }, expectedMs: 1000 })) },
      settings: { kind: 'program' },
      // The play is its own recording here, and says itself whether it failed.
      judge: ([failed]: boolean[]) => verdictsOf(['x'], failed ? 'fail' : 'pass'),
    } as unknown as PlayAllOptions,
    verdictsOf(failed),
  );

test('the first place of the plan is played four times more, alone; what failed counts with the first', async () => {
  again.fails = [true, false, true, false];
  expect(await described(ids[2] ?? '', ids[1] ?? '', ids[1] ?? '')).toEqual([
    'The sweep failed at 2 of 3 places; the first is sweep-read-2/SIGTERM, which failed in 3 of 5 plays.',
  ]);
  expect(again.plays.map(({ attempt }) => attempt)).toEqual([201, 202, 203, 204]);
  // The script starts the target itself: the signal comes before it is ready.
  expect(again.plays[0]).toMatchObject({ run: { id: ids[1] }, startsItself: true, clients: 1 });
});

test('a place that failed once and never again is told as that', async () => {
  expect(await described(ids[0] ?? '')).toEqual([
    'The sweep failed at 1 of 3 places; the first is sweep-read-1/SIGTERM, which failed in 1 of 5 plays.',
  ]);
});

test('nothing is said or played where nothing failed, or all was interrupted', async () => {
  expect(await described()).toEqual([]);
  again.abortedIn = 0;
  expect(await described(ids[0] ?? '')).toEqual([]);
  expect(again.plays).toEqual([]);
});

test('a play that was interrupted says nothing: what it shows is the end of the harness', async () => {
  again.fails = [true, true];
  again.abortedIn = 2;
  expect(await described(ids[0] ?? '')).toEqual([
    'The sweep failed at 1 of 3 places; the first is sweep-read-1/SIGTERM, which failed in 2 of 2 plays.',
  ]);
});
