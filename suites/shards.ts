import { UsageError } from '../harness/errors.js';
import type { PlanSettings } from '../harness/options/settings.js';
import type { Plan, PlannedRun } from './plan.js';

/** A plan, or the part of one that is played here. */
export interface ShardPlan<On> extends Plan<On> {
  /** All runs of the whole plan, in its order. */
  readonly planned: readonly string[];
  /** The requirements that are judged, where some are left out. */
  readonly judged?: readonly string[];
}

/**
 * The part of a plan that is played here; all of it without a shard. It depends on the plan, the number of parts and the
 * durations alone: nothing that a machine measures decides, so that all machines agree without a word.
 *
 * @throws UsageError where the durations name none of the runs
 */
export function shardPlan<On>(
  plan: Plan<On>,
  { shard, shardDurations, seed }: Pick<PlanSettings, 'shard' | 'shardDurations' | 'seed'>,
): ShardPlan<On> {
  const planned = plan.runs.map(({ id }) => id);
  if (shard === undefined) return { ...plan, planned };
  if (shardDurations !== undefined) checkDurations(shardDurations, planned);
  const takes = weightOf(shardDurations, planned);
  const groups = groupsOf(plan.runs, seed !== undefined).map((runs) => ({
    runs,
    takesMs: runs.reduce((sum, run) => sum + takes(run), 0),
  }));
  const own = new Set(partsOf(groups, shard.of)[shard.index - 1]);
  return { ...plan, runs: plan.runs.filter((run) => own.has(run)), planned };
}

/**
 * Runs that stay on one machine. The places of a start are chosen by one seed and measured by one start: without a seed
 * that all know they are not taken apart. Two deadlines are compared within an error bar: where that straddles, both runs
 * are played once more.
 */
function groupsOf<On>(runs: readonly PlannedRun<On>[], isSeedKnown: boolean): PlannedRun<On>[][] {
  const groups = new Map<string, PlannedRun<On>[]>();
  for (const run of runs) {
    const key = groupKey(run, isSeedKnown);
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  return [...groups.values()];
}

function groupKey(
  { id, scenario, signal, delivery, place, deadlineMs }: PlannedRun<unknown>,
  isSeedKnown: boolean,
): string {
  const [, repeat = ''] = id.split('#');
  if (place !== undefined && !isSeedKnown) return `places ${scenario}/${signal}+${delivery}#${repeat}`;
  const isOfDeadlines = deadlineMs !== undefined || scenario === 'stuck-client';
  return isOfDeadlines && delivery === 'process' ? `deadlines ${signal}#${repeat}` : id;
}

interface Group<Run> {
  readonly runs: readonly Run[];
  readonly takesMs: number;
}

/** The longest group first, each to the part that has least to do (and of those to the first). */
function partsOf<Run>(groups: readonly Group<Run>[], of: number): Run[][] {
  const parts = Array.from({ length: of }, () => ({ runs: [] as Run[], takesMs: 0 }));
  for (const group of groups.toSorted((one, other) => other.takesMs - one.takesMs)) {
    const part = parts.reduce((least, next) => (next.takesMs < least.takesMs ? next : least));
    part.runs.push(...group.runs);
    part.takesMs += group.takesMs;
  }
  return parts.map(({ runs }) => runs);
}

/** How long a run takes, in milliseconds: as in a former test; a new one as the usual run of that test. */
function weightOf(
  durations: Readonly<Record<string, number>> | undefined,
  planned: readonly string[],
): (run: PlannedRun<unknown>) => number {
  // A run that is over at once still has to be started.
  const leastMs = 1;
  if (durations === undefined) return ({ expectedMs }) => Math.max(leastMs, expectedMs);
  const known = new Map(Object.entries(durations));
  const ofPlan = planned.flatMap((id) => known.get(id) ?? []).toSorted((one, other) => one - other);
  const usualMs = ofPlan[Math.floor(ofPlan.length / 2)] ?? leastMs;
  return ({ id }) => Math.max(leastMs, known.get(id) ?? usualMs);
}

function checkDurations(durations: Readonly<Record<string, number>>, planned: readonly string[]): void {
  if (planned.length === 0 || planned.some((id) => Object.hasOwn(durations, id))) return;
  throw new UsageError({
    option: 'shardDurations',
    expected: 'a report of a former test of this target',
    given: 'one that has none of the runs of this plan',
    fix: 'name a report of this target, or leave it out',
  });
}
