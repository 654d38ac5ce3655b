import type { KnownVerdict } from './baseline/baseline.js';
import { comesAndGoes, listedFor } from './baseline/listed.js';
import { type Outdated, outdated } from './baseline/outdated.js';
import type { Report, Verdict } from './report.js';

/** What a gate lets through: the same report can pass one and fail another. */
export interface Gate {
  /** A failed SHOULD fails the gate too. */
  readonly strict: boolean;
  /** What is known and accepted. Default: nothing. */
  readonly baseline?: GateBaseline;
  /** What was added to the requirements after this year does not count. Default: all count. */
  readonly edition?: GateEdition;
}

export interface GateBaseline {
  /** The file, as the user wrote it. */
  readonly name: string;
  readonly known: readonly KnownVerdict[];
  /** All runs were planned (no `--only` and the like): an entry of none of them speaks of nothing. */
  readonly isWholePlan: boolean;
  /** Runs that even a whole plan has only where more is asked for (`--full`). Default: none. */
  readonly isBeyondPlan?: (run: string) => boolean;
  /** What a reader should know of it: of another command, what an update changed. */
  readonly remarks?: readonly string[];
  /** What an update changed, or why there was none; it is one of the remarks too. */
  readonly update?: string;
}

export interface GateEdition {
  readonly year: number;
  /** Ids of the requirements that were added later. */
  readonly later: ReadonlySet<string>;
}

/**
 * What one verdict is for a gate. `fails`, `changed` and `stale` fail it (exit status 1), `open` leaves it open (3); the
 * others let it pass.
 */
export type Standing =
  | 'passes'
  | 'not-applicable'
  /** A failure that is not listed. */
  | 'fails'
  /** It is listed, but fails for another reason. */
  | 'changed'
  /** It fails, or is untested, as the baseline says. */
  | 'known'
  /** It passes, and the baseline says that it fails. */
  | 'stale'
  /** A failed SHOULD or MAY that the gate does not ask for. */
  | 'warns'
  /** It fails or is untested, and was not demanded yet in the edition of the gate. */
  | 'later-edition'
  /** An untested MUST that is not listed as such. */
  | 'open'
  /** An untested SHOULD or MAY. */
  | 'untested';

/** What a report is for a gate: all that a format needs to know of baselines and editions. */
export interface GateResult {
  readonly standing: (verdict: Verdict) => Standing;
  /** Entries that fail the gate: listed as failing, and passing now. */
  readonly stale: readonly KnownVerdict[];
  /** Entries that were of no use in this play, and fail nothing. */
  readonly unused: readonly { readonly entry: KnownVerdict; readonly how: Outdated }[];
  /** What the baseline says of a verdict: the entry that covers it, or the one from which it differs. */
  readonly entry: (verdict: Verdict) => KnownVerdict | undefined;
  /** Its failure is listed as one that comes and goes: `(sometimes)` beside what is known, a remark where it passes. */
  readonly isSometimes: (verdict: Pick<Verdict, 'id'>) => boolean;
}

/** What all verdicts of a report are for a gate. */
export function gateResult({ verdicts }: Pick<Report, 'verdicts'>, gate: Gate): GateResult {
  const { baseline } = gate;
  const known = baseline?.known ?? [];
  const all = outdated(known, verdicts, ({ id }) => baseline !== undefined && isToBePlayed(baseline, id));
  const binds = staleBinds(verdicts, gate);
  const stale = all.filter(({ entry, how }) => how === 'passes' && binds(entry));
  const staleIds = new Set(stale.map(({ entry }) => entry.id));
  return {
    standing: (verdict) =>
      verdict.outcome === 'pass' && staleIds.has(verdict.id) ? 'stale' : standingOf(verdict, gate),
    stale: stale.map(({ entry }) => entry),
    isSometimes: ({ id }) => comesAndGoes(known, id),
    unused: all.filter((one) => !stale.includes(one)),
    entry: (verdict) => {
      if (verdict.outcome === 'pass') return known.find(({ id }) => id === verdict.id);
      const { same, other } = listedFor(known, verdict);
      return same ?? other;
    },
  };
}

/** Whether a play has this verdict, where it exists at all. */
export function isToBePlayed({ isWholePlan, isBeyondPlan }: GateBaseline, id: string): boolean {
  return isWholePlan && !(isBeyondPlan?.(id.slice(id.indexOf('@') + 1)) ?? false);
}

/** What one verdict is for a gate by itself; that a listed one passes, only a whole report shows: see `gateResult`. */
export function standingOf(
  verdict: Pick<Verdict, 'id' | 'requirement' | 'level' | 'outcome' | 'message'>,
  gate: Gate,
): Exclude<Standing, 'stale'> {
  const { outcome, level } = verdict;
  if (outcome === 'pass') return 'passes';
  if (outcome === 'not-applicable') return outcome;
  if (isLater(verdict, gate)) return 'later-edition';
  const { same, other } = listedFor(gate.baseline?.known ?? [], verdict);
  if (same !== undefined) return 'known';
  if (outcome === 'untested') return level === 'MUST' ? 'open' : 'untested';
  if (!isDemanded(level, gate)) return 'warns';
  return other === undefined ? 'fails' : 'changed';
}

function isLater({ requirement }: Pick<Verdict, 'requirement'>, { edition }: Gate): boolean {
  return edition?.later.has(requirement) ?? false;
}

function isDemanded(level: Verdict['level'], { strict }: Gate): boolean {
  return level === 'MUST' || (strict && level === 'SHOULD');
}

/** An entry binds as far as the gate asks for what it speaks of: a listed SHOULD only where `--strict` does. */
function staleBinds(verdicts: readonly Verdict[], gate: Gate): (entry: KnownVerdict) => boolean {
  return ({ id }) => {
    const requirement = id.split('@', 1)[0] as string;
    const own = verdicts.filter((verdict) => verdict.requirement === requirement);
    return own.some((verdict) => isDemanded(verdict.level, gate) && !isLater(verdict, gate));
  };
}
