import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { peers } from './peers.js';
import { ofFirstInstance, type Placed } from './stop.js';

/** Who waits uses next to nothing; a loop without a wait uses all that it gets, which beside others may be a share. */
const spinningShare = 0.15;
/** Shorter spells prove nothing: a runtime collects its garbage, or loads what it needs for an error. */
const spellMs = 900;
/** It is looked at for at least so long before, to know what is usual. */
const usualMs = 150;
/** More connections than this within a second are a storm. */
const mostASecond = 50;

/** A spell in which a client used the processor without a pause. */
export interface Spell {
  readonly from: Placed<EventOf<'processor'>>;
  readonly to: Placed<EventOf<'processor'>>;
  readonly share: number;
}

/** The spell after `sinceMs` in which the client kept a processor busy, unless it had done so before as well. */
export function spinsAfter(recording: Recording, sinceMs: number): Spell | undefined {
  const notes = ofFirstInstance(recording, 'processor');
  const usual = shareBefore(notes, sinceMs);
  const after = notes.filter(({ event }) => event.atMs >= sinceMs);
  for (const from of after) {
    for (const to of after) {
      const lengthMs = to.event.atMs - from.event.atMs;
      if (lengthMs < spellMs) continue;
      const share = (to.event.processorMs - from.event.processorMs) / lengthMs;
      if (share >= spinningShare && share >= 2 * usual) return { from, to, share };
    }
  }
  return undefined;
}

/** The share of a processor that it used while it was served: a client that works hard may go on to. */
function shareBefore(notes: readonly Placed<EventOf<'processor'>>[], sinceMs: number): number {
  const before = notes.filter(({ event }) => event.atMs <= sinceMs);
  const [first, last] = [before[0], before.at(-1)];
  const lengthMs = first && last ? last.event.atMs - first.event.atMs : 0;
  if (!first || !last || lengthMs < usualMs) return 0;
  return (last.event.processorMs - first.event.processorMs) / lengthMs;
}

/** The first second after `sinceMs` in which the client connected again and again: its first and last connection. */
export function stormAfter(recording: Recording, sinceMs: number) {
  const accepted = peers(recording).flatMap(({ accepted: one }) =>
    one && one.event.atMs >= sinceMs ? [one] : [],
  );
  for (let first = 0; first + mostASecond < accepted.length; first += 1) {
    const [from, to] = [accepted[first], accepted[first + mostASecond]];
    if (from && to && to.event.atMs - from.event.atMs <= 1000) return { from, to, count: mostASecond + 1 };
  }
  return undefined;
}
