import { oneLine } from '../text/printable.js';
import { clip } from '../text/width.js';
import { type At, type Facts, marks, span } from './facts.js';
import type { Lane, Span, SpanKind } from './parts.js';

/** One process of the tree beside its root, or one that the target has inherited. */
export function processLane(facts: Facts, pid: number, events: readonly At[], treeEndMs: number): Lane {
  const command = events.map(({ event }) => ('command' in event ? event.command : undefined)).find(Boolean);
  const name = command === undefined ? 'orphan' : clip(oneLine(command), 20);
  return {
    kind: 'process',
    name: `${name} ${pid}`,
    count: 1,
    spans: states(facts, events, treeEndMs),
    marks: marks(facts, events),
  };
}

/** A state lasts until another one is seen. */
function states(facts: Facts, events: readonly At[], treeEndMs: number): Span[] {
  const spans: Span[] = [];
  let open: { kind: SpanKind; fromMs: number; events: number[] } | undefined;
  for (const { index, event } of events) {
    const kind = stateOf(event);
    if (open && kind === open.kind) {
      open.events.push(index);
      continue;
    }
    if (open) spans.push(span(facts, open.kind, open.fromMs, event.atMs, [...open.events, index]));
    else if (kind === 'end') spans.push(span(facts, 'alive', event.atMs, event.atMs, [index]));
    open = kind === 'end' ? undefined : { kind, fromMs: event.atMs, events: [index] };
  }
  if (open) spans.push(span(facts, open.kind, open.fromMs, Math.max(open.fromMs, treeEndMs), open.events));
  return spans;
}

function stateOf(event: At['event']): 'alive' | 'zombie' | 'end' {
  if (event.type === 'process')
    return event.state === 'gone' ? 'end' : event.state === 'zombie' ? 'zombie' : 'alive';
  if (event.type === 'orphan')
    return event.state === 'reaped' ? 'end' : event.state === 'inherited' ? 'alive' : 'zombie';
  return 'alive';
}
