import type { Verdict } from '../report.js';
import type { KnownVerdict } from './baseline.js';
import { comesAndGoes, groupOf, isByChance, listedFor } from './listed.js';

/** How an entry is outdated, or why it was of no use in this play. */
export type Outdated =
  /** It is listed as failing, and passes: whoever breaks it again would not hear of it. */
  | 'passes'
  /** The place of the start at which it fails is chosen by chance: that it passed proves nothing. */
  | 'not-seen'
  /** It is listed as failing sometimes, and passed this time. */
  | 'passes-sometimes'
  /** It fails for another reason that is listed of it too. */
  | 'fails-otherwise'
  /** It is listed as untested, and was tested. What can be tested is a matter of the machine. */
  | 'tested'
  | 'not-applicable'
  /** All runs were planned, and this one was not among them. */
  | 'not-played';

/** The entries that this play did not need, each with how that is. `isToBePlayed`: not to see it is news. */
export function outdated(
  known: readonly KnownVerdict[],
  verdicts: readonly Verdict[],
  isToBePlayed: (entry: KnownVerdict) => boolean,
): readonly { readonly entry: KnownVerdict; readonly how: Outdated }[] {
  if (known.length === 0) return [];
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const group = groups.get(groupOf(verdict.id));
    if (group) group.push(verdict);
    else groups.set(groupOf(verdict.id), [verdict]);
  }
  return known.flatMap((entry) => {
    const how = howOutdated(known, entry, groups.get(groupOf(entry.id)) ?? [], isToBePlayed);
    return how === undefined ? [] : [{ entry, how }];
  });
}

function howOutdated(
  known: readonly KnownVerdict[],
  entry: KnownVerdict,
  verdicts: readonly Verdict[],
  isToBePlayed: (entry: KnownVerdict) => boolean,
): Outdated | undefined {
  if (verdicts.length === 0) return isToBePlayed(entry) ? 'not-played' : undefined;
  const alike = verdicts
    .filter(({ outcome }) => outcome === entry.outcome)
    .map((one) => listedFor(known, one));
  if (alike.some(({ same }) => same === entry)) return undefined;
  // It fails, and for a reason that is not listed: that is told of the verdict itself.
  if (alike.some(({ same, other }) => same === undefined && other !== undefined)) return undefined;
  const has = (outcome: Verdict['outcome']) => verdicts.some((verdict) => verdict.outcome === outcome);
  // A failure that could not be tested is not settled.
  if (entry.outcome === 'fail' && has('untested')) return undefined;
  if (!has('pass') && !has('fail')) return 'not-applicable';
  if (entry.outcome === 'untested') return 'tested';
  // It is not repaired, and its reasons take turns.
  if (alike.some(({ same }) => same !== undefined)) return 'fails-otherwise';
  if (comesAndGoes(known, entry.id)) return 'passes-sometimes';
  return isByChance(entry.id) ? 'not-seen' : 'passes';
}
