import { describe, expect, test } from 'vitest';
import { UsageError } from '../harness/errors.js';
import type { Plan, PlannedRun } from './plan.js';
import { shardPlan } from './shards.js';

/** Numbers from 0 to 1 that depend on the seed alone. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

function planned(id: string, expectedMs: number, more: Partial<PlannedRun<unknown>> = {}) {
  const [scenario = id, signal = null] = id.split(/[/#+]/);
  const script = { id: scenario, title: scenario, play: async () => {} };
  return {
    id,
    scenario,
    signal,
    delivery: 'process',
    early: false,
    script,
    expectedMs,
    ...more,
  } as PlannedRun;
}

const planOf = (runs: readonly PlannedRun[]): Plan => ({ runs, notPlayed: [], judges: () => true });

/** A plan as it might be: runs of all lengths, some at places of a start, some repeated, two deadlines. */
function somePlan(seed: number): Plan {
  const random = randomFrom(seed);
  const runs = Array.from({ length: Math.floor(random() * 120) }, (_, index) =>
    planned(`scenario-${index}/SIGTERM`, Math.floor(random() * 12_000)),
  );
  const places = random() < 0.5 ? 20 : 0;
  for (let place = 1; place <= places; place += 1)
    runs.push(
      planned(`early-grid/SIGTERM-${place}`, 100, { scenario: 'early-grid', signal: 'SIGTERM', place }),
    );
  if (random() < 0.5)
    runs.push(
      planned('stuck-client/SIGTERM', 5000),
      planned('other-deadline/SIGTERM', 2500, { deadlineMs: 2500 }),
    );
  return planOf(runs.toSorted((one, other) => other.expectedMs - one.expectedMs));
}

const ids = ({ runs }: Pick<Plan, 'runs'>) => runs.map(({ id }) => id);
const parts = (plan: Plan, of: number, more: Parameters<typeof shardPlan>[1] = {}) =>
  Array.from({ length: of }, (_, index) => shardPlan(plan, { shard: { index: index + 1, of }, ...more }));

test.each(Array.from({ length: 50 }, (_, index) => index + 1))(
  'of %i parts, each run of any plan is in exactly one, in the order of the plan',
  (of) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const plan = somePlan(seed * 1000 + of);
      const all = parts(plan, of);
      expect(all.flatMap(ids).toSorted()).toEqual(ids(plan).toSorted());
      for (const part of all) {
        expect(part.planned).toEqual(ids(plan));
        expect(ids(part)).toEqual(ids(plan).filter((id) => ids(part).includes(id)));
      }
    }
  },
);

test('the same plan gives the same parts, whatever else a machine has measured', () => {
  const plan = somePlan(7);
  expect(parts(plan, 3).map(ids)).toEqual(parts(structuredClone(withoutScripts(plan)), 3).map(ids));
});

function withoutScripts(plan: Plan): Plan {
  return { ...plan, judges: undefined, runs: plan.runs.map((run) => ({ ...run, script: null })) } as never;
}

test('no part has more to do than another one by more than the longest that stays together', () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const plan = planOf(somePlan(seed).runs.filter(({ place }) => place === undefined));
    const sums = parts(plan, 4).map(({ runs }) => runs.reduce((sum, run) => sum + run.expectedMs, 0));
    const longest = Math.max(0, ...plan.runs.map(({ expectedMs }) => expectedMs));
    expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(longest + 2500);
  }
});

test('without a shard the plan is whole', () => {
  const plan = somePlan(1);
  expect(shardPlan(plan, {})).toEqual({ ...plan, planned: ids(plan) });
});

test('more parts than runs leave parts without any', () => {
  const plan = planOf([planned('idle/SIGTERM', 1000)]);
  expect(parts(plan, 3).map(ids)).toEqual([['idle/SIGTERM'], [], []]);
});

describe('what stays on one machine', () => {
  const grid = Array.from({ length: 20 }, (_, index) =>
    planned(`early-grid/SIGTERM-${index + 1}`, 100, {
      scenario: 'early-grid',
      signal: 'SIGTERM',
      place: index + 1,
    }),
  );

  test('is the places of a start, which one seed chooses', () => {
    expect(parts(planOf(grid), 4).map(({ runs }) => runs.length)).toEqual([20, 0, 0, 0]);
  });

  test('is not the places of a start of which all know the seed', () => {
    expect(parts(planOf(grid), 4, { seed: 7 }).map(({ runs }) => runs.length)).toEqual([5, 5, 5, 5]);
  });

  test('are the runs of which the deadlines are compared', () => {
    const plan = planOf([
      planned('stuck-client/SIGTERM', 5000),
      planned('other-deadline/SIGTERM', 2500, { deadlineMs: 2500 }),
      planned('idle/SIGTERM', 1000),
    ]);
    expect(parts(plan, 2).map(ids)).toEqual([
      ['stuck-client/SIGTERM', 'other-deadline/SIGTERM'],
      ['idle/SIGTERM'],
    ]);
  });
});

describe('durations of a former test', () => {
  const plan = planOf([planned('a/SIGTERM', 10), planned('b/SIGTERM', 10), planned('c/SIGTERM', 10)]);

  test('weigh more than estimates', () => {
    const shardDurations = { 'a/SIGTERM': 100, 'b/SIGTERM': 900, 'c/SIGTERM': 100 };
    expect(parts(plan, 2, { shardDurations }).map(ids)).toEqual([['b/SIGTERM'], ['a/SIGTERM', 'c/SIGTERM']]);
  });

  test('may lack a run, which then is taken for a usual one', () => {
    const shardDurations = { 'a/SIGTERM': 100, 'b/SIGTERM': 120, 'gone/SIGTERM': 9000 };
    expect(parts(plan, 2, { shardDurations }).map(ids)).toEqual([['a/SIGTERM', 'b/SIGTERM'], ['c/SIGTERM']]);
  });

  test('are refused where they are those of something else', () => {
    expect(() => parts(plan, 2, { shardDurations: { 'x/SIGTERM': 1 } })).toThrow(UsageError);
  });
});
