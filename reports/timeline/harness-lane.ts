import type { EventOf } from '../../harness/recording/events.js';
import { type At, type Facts, marks, span } from './facts.js';
import type { Lane, Span } from './parts.js';

/** What the harness observed and waited for, and when it or its clients were late: what they saw then may be older. */
export function harnessLane(facts: Facts, events: readonly At[]): Lane {
  const lags = events.filter((at): at is At<EventOf<'lag'>> => at.event.type === 'lag');
  const rest = events.filter(({ event }) => event.type !== 'lag');
  return { kind: 'harness', name: 'harness', count: 1, spans: late(facts, lags), marks: marks(facts, rest) };
}

/** Blockages that overlap or follow at once are one. */
function late(facts: Facts, lags: readonly At<EventOf<'lag'>>[]): Span[] {
  const spans = lags
    .map(({ index, event }) =>
      span(facts, 'late', Math.max(0, event.atMs - event.lagMs), event.atMs, [index]),
    )
    .sort((a, b) => a.fromMs - b.fromMs);
  const merged: Span[] = [];
  for (const next of spans) {
    const last = merged.at(-1);
    if (!last || next.fromMs > last.toMs + 15) {
      merged.push(next);
      continue;
    }
    const toMs = Math.max(last.toMs, next.toMs);
    const events = [...last.events, ...next.events];
    merged[merged.length - 1] = { ...span(facts, 'late', last.fromMs, toMs, events), count: last.count + 1 };
  }
  return merged;
}
