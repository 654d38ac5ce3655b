import { oneLine } from '../text/printable.js';
import { type At, beginOf, type Facts, marks, span } from './facts.js';
import type { Lane, Span } from './parts.js';

/** One connection, as its client or the played server saw it: while it lasted, and in it each request until its reply. */
export function clientLane(facts: Facts, name: string, events: readonly At[]): Lane {
  const end = events.find(({ event }) => ends.has(event.type));
  const endMs = end?.event.atMs ?? facts.whole.toMs;
  return {
    kind: 'client',
    name: oneLine(name),
    count: 1,
    spans: [...connected(facts, events, endMs), ...exchanges(facts, events, endMs)],
    marks: marks(facts, withoutTwins(events)),
  };
}

/** In a pair both ends of a connection are seen: that one end leaves is marked once, as the other end saw it. */
function withoutTwins(events: readonly At[]): readonly At[] {
  const hasBoth =
    events.some(({ event }) => 'client' in event) && events.some(({ event }) => 'connection' in event);
  return hasBoth
    ? events.filter(({ event }) => event.type !== 'left' && event.type !== 'server-left')
    : events;
}

const ends: ReadonlySet<string> = new Set(['fin', 'rst', 'left', 'client-left', 'server-left']);

function connected(facts: Facts, events: readonly At[], endMs: number): Span[] {
  const [first] = events;
  if (!first || first.event.type === 'connect-failed') return [];
  const begins = events.filter(({ event }) => event.type === 'connected' || event.type === 'accepted');
  const indexes = [...begins, ...events.filter(({ event }) => ends.has(event.type))].map(
    ({ index }) => index,
  );
  return [span(facts, 'connected', beginOf((begins[0] ?? first).event), endMs, indexes)];
}

/** In a pair both ends of an exchange are seen: of what is said twice the wider counts. */
function exchanges(facts: Facts, events: readonly At[], endMs: number): Span[] {
  const open = new Map<number, { fromMs: number; events: number[]; toMs?: number }>();
  const spans: Span[] = [];
  let latest: number | undefined;
  for (const { index, event } of events) {
    if (event.type === 'sent') {
      // It does not say to which request; one that was not brought by the connection itself has no span.
      const answered = latest === undefined ? undefined : open.get(latest);
      if (answered && event.what.startsWith('reply'))
        open.set(latest as number, { ...answered, events: [...answered.events, index], toMs: event.atMs });
      continue;
    }
    if (!('exchange' in event)) continue;
    latest = event.exchange;
    const known = open.get(event.exchange) ?? { fromMs: beginOf(event), events: [] };
    const isAnswer = event.type === 'reply';
    open.set(event.exchange, {
      ...known,
      events: [...known.events, index],
      ...(isAnswer ? { toMs: event.atMs } : {}),
    });
  }
  for (const { fromMs, toMs, events: indexes } of open.values())
    spans.push(
      toMs === undefined
        ? span(facts, 'unanswered', fromMs, endMs, indexes)
        : span(facts, 'exchange', fromMs, toMs, indexes),
    );
  return spans;
}
