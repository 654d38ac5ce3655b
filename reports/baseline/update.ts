import type { Gate } from '../gate.js';
import { isToBePlayed, standingOf } from '../gate.js';
import type { Report, Verdict } from '../report.js';
import { type Baseline, baselineSchema, type KnownVerdict } from './baseline.js';
import { comesAndGoes, groupOf, isByChance, listedFor } from './listed.js';
import { hasEnd } from './same-reason.js';
import { sameCommand } from './same-target.js';

/** A baseline made anew, and how it differs from the former one. */
export interface BaselineUpdate {
  readonly baseline: Baseline;
  readonly added: readonly KnownVerdict[];
  readonly removed: readonly KnownVerdict[];
  /** Listed before, with another reason to fail: what people wrote of that one is taken out. */
  readonly changed: readonly KnownVerdict[];
  readonly kept: readonly KnownVerdict[];
  /** Seen to come and go in this report, and marked so: of those that were added, and of those that stay. */
  readonly marked: readonly KnownVerdict[];
}

/**
 * The baseline that this report asks for. An entry that still holds stays as it is, with its reason and its message, so
 * that the file does not change where nothing has. What a part of the plan did not play stays too, and so does what
 * could not be played on this machine.
 */
export function updatedBaseline(former: Baseline | undefined, report: Report, gate: Gate): BaselineUpdate {
  const shown = report.verdicts.filter((verdict) => isToBeListed(verdict, gate));
  const known = former?.known ?? [];
  const seenBoth = passingAndFailing(report);
  const holds = new Map<KnownVerdict, KnownVerdict>();
  for (const entry of known) {
    const held = whatHolds(known, entry, shown, report, gate);
    const isBoth = entry.outcome === 'fail' && seenBoth.has(groupOf(entry.id));
    if (held !== undefined || isBoth) holds.set(entry, { ...(held ?? entry), ...(isBoth && sometimes) });
  }
  const list = [...holds.values()];
  const added: KnownVerdict[] = [];
  for (const verdict of [...shown].sort(byWords)) {
    const soFar = [...list, ...added];
    if (listedFor(soFar, verdict).same !== undefined) continue;
    const isBoth = seenBoth.has(groupOf(verdict.id)) || comesAndGoes(soFar, verdict.id);
    added.push({ ...entryOf(verdict), ...(verdict.outcome === 'fail' && isBoth && sometimes) });
  }
  const gone = known.filter((entry) => !holds.has(entry));
  const isReplaced = ({ id }: KnownVerdict) =>
    added.some((one) => one.id === id) && gone.some((one) => one.id === id);
  return {
    baseline: {
      schema: baselineSchema,
      target: targetOf(former, report),
      known: [...list, ...added].sort(byId),
    },
    added: added.filter((entry) => !isReplaced(entry)),
    removed: gone.filter((entry) => !isReplaced(entry)),
    changed: added.filter(isReplaced),
    kept: list,
    marked: [...holds, ...added.map((one) => [undefined, one] as const)].flatMap(([before, now]) =>
      now.sometimes && !before?.sometimes ? [now] : [],
    ),
  };
}

/** A failed SHOULD is listed as well, for `--strict`; an untested one leaves nothing open. */
function isToBeListed(verdict: Verdict, { edition }: Gate): boolean {
  const standing = standingOf(verdict, { strict: true, ...(edition && { edition }) });
  return ['fails', 'warns', 'open'].includes(standing);
}

/** The entry as it stays; under the id of the place or repeat that shows it now, where its own does not. */
function whatHolds(
  known: readonly KnownVerdict[],
  entry: KnownVerdict,
  shown: readonly Verdict[],
  report: Report,
  { edition, baseline }: Gate,
): KnownVerdict | undefined {
  const group = groupOf(entry.id);
  const [requirement, run = ''] = entry.id.split('@', 2) as [string, string?];
  if (edition?.later.has(requirement)) return entry;
  if (!report.verdicts.some(({ id }) => groupOf(id) === group)) {
    const isImpossibleHere = report.notPlayed.some(({ id }) => groupOf(`@${id}`) === groupOf(`@${run}`));
    const isMissed = baseline === undefined || isToBePlayed(baseline, entry.id);
    return isImpossibleHere || !isMissed ? entry : undefined;
  }
  const listed = shown
    .filter((verdict) => groupOf(verdict.id) === group && verdict.outcome === entry.outcome)
    .map((verdict) => ({ id: verdict.id, same: listedFor(known, verdict).same }));
  const showing = listed.filter(({ same }) => same === entry);
  const own = showing.find(({ id }) => id === entry.id) ?? showing[0];
  if (own !== undefined) return { ...entry, id: own.id };
  // What comes and goes is not settled by one report; and where another listed reason shows, the two take turns.
  const isOpen = comesAndGoes(known, entry.id) || listed.some(({ same }) => same !== undefined);
  return entry.outcome === 'fail' && isOpen ? entry : undefined;
}

/** Verdicts of which some repeats pass and others fail. The places of a grid differ by what they are. */
function passingAndFailing({ verdicts }: Report): ReadonlySet<string> {
  const groupsOf = (outcome: Verdict['outcome']) =>
    new Set(verdicts.filter((one) => one.outcome === outcome).map(({ id }) => groupOf(id)));
  const passing = groupsOf('pass');
  const failing = verdicts.filter(({ id, outcome }) => outcome === 'fail' && !isByChance(id));
  return new Set(failing.map(({ id }) => groupOf(id)).filter((group) => passing.has(group)));
}

const sometimes = { sometimes: true } as const;

/** A traceback with its end says more than one that was cut off, and is the one to be listed. */
function byWords({ message }: Verdict, other: Verdict): number {
  return Number(hasEnd(other.message)) - Number(hasEnd(message));
}

function entryOf({ id, outcome, message }: Verdict): KnownVerdict {
  return { id, outcome: outcome === 'untested' ? 'untested' : 'fail', reason: '', message };
}

/** On another machine its paths are others: that is no change. */
function targetOf(former: Baseline | undefined, { target }: Report): Baseline['target'] {
  const { kind, name = former?.target.name, command, client } = target;
  const now = { kind, ...(name === undefined ? {} : { name }), command, ...(client && { client }) };
  const isSame = former?.target.command !== undefined && sameCommand(former.target, now);
  const words = isSame ? former.target : now;
  return { ...now, ...words, ...(name === undefined ? {} : { name }) };
}

// Not by the locale of whoever updates it.
function byId(a: KnownVerdict, b: KnownVerdict): number {
  const [one, other] = a.id === b.id ? [a.message, b.message] : [a.id, b.id];
  return one < other ? -1 : one > other ? 1 : 0;
}
