import type { Contract } from '../harness/contract/contract.js';
import { type Delivery, deliverable, deliveries, wrapperOf } from '../harness/contract/delivery.js';
import type { SignalName } from '../harness/contract/signal-name.js';
import { compileGlob, patternMatchedNothing } from '../harness/options/patterns.js';
import type { PlanSettings } from '../harness/options/settings.js';
import type { RunIdentity } from '../harness/recording/recording.js';
import type { Stage } from '../harness/stage/stage.js';
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

/** What tells runs of one scenario with one signal apart. */
type Variant = Pick<RunIdentity, 'thenSignal' | 'place'>;

interface Candidate<On> {
  readonly id: string;
  readonly script: Scenario<On>;
  readonly signal: SignalName | null;
  readonly variant?: Variant;
  readonly delivery: Delivery;
  /** Part of the default plan; others are played with `--full`, or when a pattern names them. */
  readonly usual: boolean;
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
  const candidates = chosenWays.flatMap((delivery) => {
    if (delivery === 'process') return candidatesOf(scenarios, possibilities, full);
    const usual = wrapperOf(delivery) ? asked && { all: full } : { all: full || asked, firstOnly: true };
    return delivered(delivery, scenarios, possibilities, usual);
  });
  if (asked && !chosenWays.includes('process'))
    candidates.push(...comparisons(candidates, candidatesOf(scenarios, possibilities, full), possibilities));
  const only = sort('only', settings.only, candidates, requirementIds);
  const skip = sort('skip', settings.skip, candidates, requirementIds);
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

function candidatesOf<On>(
  scenarios: readonly Scenario<On>[],
  { contract }: Possibilities,
  full: boolean,
): Candidate<On>[] {
  return scenarios.flatMap((script) => {
    const signals: readonly (SignalName | null)[] = script.signals?.(contract) ?? contract.stopSignals;
    return signals.flatMap((signal, index) => {
      const id = signal === null ? script.id : `${script.id}/${signal}`;
      const usual = full || script.core === true || script.signals !== undefined || index === 0;
      return variantsOf(script, contract, signal).map(({ suffix, variant }) => ({
        id: id + suffix,
        script,
        signal,
        variant,
        delivery: 'process' as const,
        usual,
      }));
    });
  });
}

function variantsOf<On>(
  { thenSignals, places }: Scenario<On>,
  contract: Contract,
  signal: SignalName | null,
): readonly { readonly suffix: string; readonly variant: Variant }[] {
  if (places !== undefined)
    return Array.from({ length: places }, (_, index) => ({
      // All as long, so that they sort by place.
      suffix: `-${String(index + 1).padStart(String(places).length, '0')}`,
      variant: { place: index + 1 },
    }));
  if (thenSignals === undefined) return [{ suffix: '', variant: {} }];
  const following = thenSignals(contract).filter((then) => then !== signal);
  return following.map((thenSignal) => ({ suffix: `-${thenSignal}`, variant: { thenSignal } }));
}
/** Which runs of another delivery are in the usual plan: all, or those of the scenario that says most of this target. */
type Usual = false | { readonly all: boolean; readonly firstOnly?: boolean };

/**
 * The core scenarios with another delivery. What is different then, one run shows: so the usual plan has one, of the
 * scenario that says most of this target. Nothing is usual about wrappers, since a shell that loses signals loses those of
 * every server; and where they are asked for, one scenario with each stop signal shows what they do with it.
 */
function delivered<On>(
  delivery: Delivery,
  scenarios: readonly Scenario<On>[],
  possibilities: Possibilities,
  isUsual: Usual,
): Candidate<On>[] {
  const ways = deliverable(delivery, possibilities.contract.stopSignals);
  const core = scenarios.filter(({ core, early, signals }) => core && !early && signals === undefined);
  const shows = core
    .filter(({ impossible }) => impossible?.(possibilities, ways[0] ?? null) === undefined)
    .toSorted((one, other) => (other.showsDelivery ?? 0) - (one.showsDelivery ?? 0))[0];
  return core.flatMap((script) =>
    ways.map((signal, index) => ({
      id: `${script.id}/${signal}+${delivery}`,
      script,
      signal,
      delivery,
      usual:
        isUsual &&
        (isUsual.all ||
          (script === shows && script.showsDelivery !== undefined && !(isUsual.firstOnly && index > 0))),
    })),
  );
}

/**
 * Only beside the same run without a wrapper can it be told which of the two did not heed a signal: where plain runs were
 * not asked for, those are played.
 */
function comparisons<On>(
  candidates: readonly Candidate<On>[],
  plain: readonly Candidate<On>[],
  { lacking }: Possibilities,
): Candidate<On>[] {
  const wrapped = candidates.filter(
    ({ delivery, usual }) => usual && wrapperOf(delivery) && lacking?.[delivery] === undefined,
  );
  return plain
    .filter(({ script, signal }) => wrapped.some((one) => one.script === script && one.signal === signal))
    .map((candidate) => ({ ...candidate, usual: true }));
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

/** What the patterns of one option select: runs (by run, scenario or family id), requirements, or both. */
function sort<On>(
  option: 'only' | 'skip',
  patterns: readonly string[],
  candidates: readonly Candidate<On>[],
  requirementIds: readonly string[],
) {
  const globs = patterns.map((pattern) => ({ pattern, matches: compileGlob(pattern) }));
  const onRun = ({ pattern, matches }: (typeof globs)[number], { id, script, delivery }: Candidate<On>) =>
    // In idle/* the star stands for a signal, not for the ways in which it may come.
    (matches(id) && (delivery === 'process' || !pattern.includes('/') || pattern.includes('+'))) ||
    matches(script.id) ||
    (script.family !== undefined && matches(script.family));
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
    names: ({ id, signal, delivery }: Candidate<On>) =>
      globs.some(
        ({ pattern, matches }) =>
          matches(id) &&
          (signal === null || pattern.includes('/')) &&
          (delivery === 'process' || pattern.includes('+')),
      ),
    requirement: (id: string) => globs.some(({ matches }) => matches(id)),
  };
}
