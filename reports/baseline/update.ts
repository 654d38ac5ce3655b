import type { Gate } from '../gate.js';
import { standingOf } from '../gate.js';
import type { Report, Verdict } from '../report.js';
import { type Baseline, baselineSchema, type KnownVerdict } from './baseline.js';
import { groupOf, listedFor } from './listed.js';
import { sameCommand } from './same-target.js';

/** A baseline made anew, and how it differs from the former one. */
export interface BaselineUpdate {
  readonly baseline: Baseline;
  readonly added: readonly KnownVerdict[];
  readonly removed: readonly KnownVerdict[];
  /** Listed before, with another reason to fail: what people wrote of that one is taken out. */
  readonly changed: readonly KnownVerdict[];
  readonly kept: readonly KnownVerdict[];
}

/**
 * The baseline that this report asks for. An entry that still holds stays as it is, with its reason and its message, so
 * that the file does not change where nothing has. What a part of the plan did not play stays too, and so does what
 * could not be played on this machine.
 */
export function updatedBaseline(former: Baseline | undefined, report: Report, gate: Gate): BaselineUpdate {
  const shown = report.verdicts.filter((verdict) => isToBeListed(verdict, gate));
  const known = former?.known ?? [];
  const holds = new Map<KnownVerdict, KnownVerdict>();
  for (const entry of known) {
    const held = whatHolds(known, entry, shown, report, gate);
    if (held !== undefined) holds.set(entry, held);
  }
  const list = [...holds.values()];
  const added: KnownVerdict[] = [];
  for (const verdict of shown) {
    if (listedFor([...list, ...added], verdict).same === undefined) added.push(entryOf(verdict));
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
    return isImpossibleHere || baseline?.isWholePlan === false ? entry : undefined;
  }
  const showing = shown.filter(
    (verdict) => groupOf(verdict.id) === group && listedFor(known, verdict).same === entry,
  );
  const own = showing.find(({ id }) => id === entry.id) ?? showing[0];
  return own === undefined ? undefined : { ...entry, id: own.id };
}

function entryOf({ id, outcome, message }: Verdict): KnownVerdict {
  return { id, outcome: outcome === 'untested' ? 'untested' : 'fail', reason: '', message };
}

/** On another machine its paths are others: that is no change. */
function targetOf(former: Baseline | undefined, { target }: Report): Baseline['target'] {
  const { kind, name = former?.target.name, command, client } = target;
  const now = { kind, ...(name === undefined ? {} : { name }), command, ...(client && { client }) };
  const words = former && sameCommand(former.target, now) ? former.target : now;
  return { ...now, command: words.command, ...(words.client && { client: words.client }) };
}

// Not by the locale of whoever updates it.
function byId(a: KnownVerdict, b: KnownVerdict): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
