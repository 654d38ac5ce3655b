import { groupOf } from '../baseline/listed.js';
import { isSameReason } from '../baseline/same-reason.js';
import type { Report, Verdict } from '../report.js';
import { changedPremises } from './premises.js';
import { changedTimes, type TimeChange } from './times.js';

/** A verdict that came out differently. */
export interface VerdictChange {
  readonly id: string;
  readonly requirement: string;
  readonly level: Verdict['level'];
  /** What the old report says; undefined where it does not have it. */
  readonly before?: Pick<Verdict, 'outcome' | 'message'>;
  readonly now: Pick<Verdict, 'outcome' | 'message'>;
}

/** What came, or what is not there any more. */
export interface Arrivals {
  readonly came: readonly string[];
  readonly went: readonly string[];
}

/** How two reports of one target differ. Plain data: this is what `--json` writes. */
export interface ReportDiff {
  readonly schema: 'signal-conformance/diff/1';
  /** What else is not the same: then not every change is the target's. */
  readonly premises: readonly string[];
  readonly newlyFailing: readonly VerdictChange[];
  readonly otherReasons: readonly VerdictChange[];
  readonly newlyUntested: readonly VerdictChange[];
  readonly newlyPassing: readonly VerdictChange[];
  readonly runs: Arrivals;
  readonly requirements: Arrivals;
  readonly times: readonly TimeChange[];
  /** So many runs were compared in their time to exit. */
  readonly timesCompared: number;
  /** Why the new report is worse as a whole; undefined where it is not. */
  readonly worse?: string;
}

/**
 * Compares two reports. Repeats of a run, and the places of a grid over the start, are one thing each. With `strict` a
 * failed SHOULD makes it worse too, as it fails a gate then.
 */
export function diffReports(old: Report, now: Report, strict = false): ReportDiff {
  const before = byGroup(old.verdicts);
  const after = byGroup(now.verdicts);
  const failing = changes(now, before, 'fail');
  const { times, compared } = changedTimes(old, now);
  const parts = {
    newlyFailing: failing.filter(({ before }) => before?.outcome !== 'fail'),
    otherReasons: failing.filter(({ before }) => before?.outcome === 'fail'),
    newlyUntested: changes(now, before, 'untested').filter(({ before }) => before?.outcome !== 'untested'),
    newlyPassing: repaired(old, after),
    times,
  };
  const worse = whatIsWorse(old, now, parts, strict);
  return {
    schema: 'signal-conformance/diff/1',
    premises: changedPremises(old, now),
    ...parts,
    runs: arrivals(old.runs.map(runOf), now.runs.map(runOf)),
    requirements: arrivals(
      old.verdicts.map(({ requirement }) => requirement),
      now.verdicts.map(({ requirement }) => requirement),
    ),
    timesCompared: compared,
    ...(worse === undefined ? {} : { worse }),
  };
}

function byGroup(verdicts: readonly Verdict[]): ReadonlyMap<string, readonly Verdict[]> {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const group = groups.get(groupOf(verdict.id));
    if (group) group.push(verdict);
    else groups.set(groupOf(verdict.id), [verdict]);
  }
  return groups;
}

/** Verdicts of this outcome that the old report does not have for the same reason, each reason once. */
function changes(
  { verdicts }: Report,
  before: ReadonlyMap<string, readonly Verdict[]>,
  outcome: Verdict['outcome'],
): VerdictChange[] {
  const found: Verdict[] = [];
  for (const verdict of verdicts) {
    if (verdict.outcome !== outcome) continue;
    const group = groupOf(verdict.id);
    const isSame = (other: Verdict) =>
      other.outcome === outcome &&
      groupOf(other.id) === group &&
      isSameReason(other.message, verdict.message);
    if ((before.get(group) ?? []).some(isSame) || found.some(isSame)) continue;
    found.push(verdict);
  }
  return found.map((verdict) => {
    const olds = before.get(groupOf(verdict.id)) ?? [];
    const old =
      olds.find((one) => one.outcome === outcome) ?? olds.find(({ id }) => id === verdict.id) ?? olds[0];
    return change(verdict, old, verdict);
  });
}

/** What failed, and passes wherever it is judged now. */
function repaired({ verdicts }: Report, after: ReadonlyMap<string, readonly Verdict[]>): VerdictChange[] {
  const seen = new Set<string>();
  return verdicts.flatMap((old) => {
    const group = groupOf(old.id);
    if (old.outcome !== 'fail' || seen.has(group)) return [];
    seen.add(group);
    const judged = after.get(group) ?? [];
    const passed = judged.find(({ outcome }) => outcome === 'pass');
    const isOpen = judged.some(({ outcome }) => outcome === 'fail' || outcome === 'untested');
    return passed === undefined || isOpen ? [] : [change(passed, old, passed)];
  });
}

function change(
  { id, requirement, level }: Verdict,
  before: Verdict | undefined,
  now: Verdict,
): VerdictChange {
  const short = ({ outcome, message }: Verdict) => ({ outcome, message });
  return { id, requirement, level, ...(before && { before: short(before) }), now: short(now) };
}

function runOf({ id }: { readonly id: string }): string {
  return groupOf(`@${id}`).slice(1);
}

function arrivals(old: readonly string[], now: readonly string[]): Arrivals {
  const [before, after] = [new Set(old), new Set(now)];
  return {
    came: [...after].filter((one) => !before.has(one)),
    went: [...before].filter((one) => !after.has(one)),
  };
}

/** A busy machine left it open: that says nothing of the target. */
function isOfMachine({ message }: Pick<Verdict, 'message'>): boolean {
  return /the machine was busy|straddles the bound/.test(message);
}

/** What only a single play says of times is not worse. */
function whatIsWorse(
  old: Report,
  now: Report,
  {
    newlyFailing,
    otherReasons,
    newlyUntested,
    times,
  }: Pick<ReportDiff, 'newlyFailing' | 'otherReasons' | 'newlyUntested' | 'times'>,
  strict: boolean,
): string | undefined {
  const unproven = newlyUntested.filter(
    ({ level, before, now }) => level === 'MUST' && before?.outcome === 'pass' && !isOfMachine(now),
  );
  const slower = times.filter(({ isRepeated, oldMs, newMs }) => isRepeated && newMs > oldMs);
  const isDemanded = ({ level }: VerdictChange) => level === 'MUST' || (strict && level === 'SHOULD');
  const failing = newlyFailing.filter(isDemanded);
  const otherwise = otherReasons.filter(isDemanded);
  const parts = [
    // What was not played may be the worst.
    old.outcome !== 'interrupted' && now.outcome === 'interrupted' && 'the new report was interrupted',
    old.verdicts.length > 0 && now.verdicts.length === 0 && 'nothing could be tested any more',
    failing.length > 0 && `${failing.length} newly failing`,
    otherwise.length > 0 && `${otherwise.length} failing for another reason`,
    unproven.length > 0 && `${unproven.length} not tested any more`,
    slower.length > 0 && `${slower.length} slower`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? undefined : parts.join(', ');
}
