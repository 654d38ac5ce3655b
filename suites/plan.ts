import { deliveries } from '../harness/contract/delivery.js';
import { compileGlob, patternMatchedNothing } from '../harness/options/patterns.js';
import type { PlanSettings } from '../harness/options/settings.js';
import type { RunIdentity } from '../harness/recording/recording.js';
import type { Stage } from '../harness/stage/stage.js';
import { type Candidate, candidatesOf } from './candidates.js';
import { comparisons, delivered } from './delivered.js';
import type { Possibilities, Scenario } from './scenario.js';

export interface PlannedRun<On = Stage> extends RunIdentity {
  readonly script: Scenario<On>;
  /** How long it takes once the target is ready, at worst. */
  readonly expectedMs: number;
}

export interface Plan<On = Stage> {
  readonly runs: readonly PlannedRun<On>[];
  readonly notPlayed: readonly { readonly id: string; readonly reason: string }[];
  /** Which requirements are judged. */
  readonly judges: (requirementId: string) => boolean;
}

/**
 * Which runs are played. The first stop signal plays all scenarios, each further one the core set, because a server
 * usually has one handler for them; `--full` plays the whole product.
 *
 * @throws UsageError when a pattern of `--only` or `--skip` matches no run and no requirement
 */
export function planRuns<On>(
  scenarios: readonly Scenario<On>[],
  requirementIds: readonly string[],
  settings: PlanSettings,
  possibilities: Possibilities,
): Plan<On> {
  const { deliveries: chosenWays = deliveries, full } = settings;
  const asked = settings.deliveries !== undefined;
  const candidates = chosenWays.flatMap((delivery) =>
    delivery === 'process'
      ? candidatesOf(scenarios, possibilities, full)
      : delivered(delivery, scenarios, possibilities, settings),
  );
  if (asked && !chosenWays.includes('process'))
    candidates.push(...comparisons(candidates, candidatesOf(scenarios, possibilities, full), possibilities));
  const among = { candidates, requirementIds, asked };
  const only = sort('only', settings.only, among);
  const skip = sort('skip', settings.skip, among);
  const chosen = candidates.filter((candidate) => {
    if (skip.run(candidate)) return false;
    return only.namesRuns
      ? only.run(candidate) && (candidate.usual || only.names(candidate))
      : candidate.usual;
  });
  const runs: PlannedRun<On>[] = [];
  const notPlayed: { id: string; reason: string }[] = [];
  for (const candidate of chosen) {
    const reason =
      possibilities.lacking?.[candidate.delivery] ??
      candidate.script.impossible?.(possibilities, candidate.signal);
    if (reason === undefined) runs.push(...repeated(candidate, settings.repeat, possibilities));
    else notPlayed.push({ id: candidate.id, reason });
  }
  const judges = (id: string) => (!only.namesRequirements || only.requirement(id)) && !skip.requirement(id);
  // Longest first: a long run that starts last would be waited for alone.
  return { runs: runs.sort((a, b) => b.expectedMs - a.expectedMs), notPlayed, judges };
}

function repeated<On>(
  { id, script, signal, delivery, variant }: Candidate<On>,
  times: number,
  { contract }: Possibilities,
): PlannedRun<On>[] {
  const deadlineMs = script.deadlineMs?.(contract);
  const expectedMs = script.expectedMs?.(contract) ?? deadlineMs ?? contract.deadlineMs;
  return Array.from({ length: times }, (_, index) => ({
    id: times === 1 ? id : `${id}#${index + 1}`,
    scenario: script.id,
    signal,
    ...variant,
    delivery,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
    early: script.early ?? false,
    script,
    expectedMs,
  }));
}

interface Among<On> {
  readonly candidates: readonly Candidate<On>[];
  readonly requirementIds: readonly string[];
  /** The ways in which signals come were named by an option of their own (`--delivery`). */
  readonly asked: boolean;
}

/** What the patterns of one option select: runs (by run, scenario or family id), requirements, or both. */
function sort<On>(
  option: 'only' | 'skip',
  patterns: readonly string[],
  { candidates, requirementIds, asked }: Among<On>,
) {
  const globs = patterns.map((pattern) => ({ pattern, matches: compileGlob(pattern) }));
  /** In idle/* the star stands for a signal, not for the ways in which it may come: unless these were asked for. */
  const byId = ({ pattern, matches }: (typeof globs)[number], { id, delivery }: Candidate<On>) =>
    delivery === 'process' || !pattern.includes('/') || pattern.includes('+')
      ? matches(id)
      : asked && matches(id.slice(0, id.lastIndexOf('+')));
  const onRun = (glob: (typeof globs)[number], candidate: Candidate<On>) =>
    byId(glob, candidate) || ofScript(glob, candidate);
  const ofScript = ({ matches }: (typeof globs)[number], { script }: Candidate<On>) =>
    matches(script.id) || (script.family !== undefined && matches(script.family));
  for (const glob of globs) {
    if (candidates.some((candidate) => onRun(glob, candidate)) || requirementIds.some(glob.matches)) continue;
    const ids = [...candidates.flatMap(({ id, script }) => [id, script.id]), ...requirementIds];
    throw patternMatchedNothing(option, glob.pattern, ids);
  }
  return {
    namesRuns: globs.some((glob) => candidates.some((candidate) => onRun(glob, candidate))),
    namesRequirements: globs.some(({ matches }) => requirementIds.some(matches)),
    run: (candidate: Candidate<On>) => globs.some((glob) => onRun(glob, candidate)),
    /** By its whole id, as a report prints it, so that it is played also where it is not in the usual plan. */
    names: (candidate: Candidate<On>) =>
      globs.some(
        (glob) =>
          byId(glob, candidate) &&
          (candidate.signal === null || glob.pattern.includes('/')) &&
          (candidate.delivery === 'process' || asked || glob.pattern.includes('+')),
      ),
    requirement: (id: string) => globs.some(({ matches }) => matches(id)),
  };
}
