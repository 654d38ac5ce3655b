import type { Lane, Line, Mark, Span } from './parts.js';

/**
 * What stands too near to be told apart becomes one part with a count: exchanges of a busy client, lines of output,
 * clients of a crowd. An exchange that was under way at a signal stays itself, and so does evidence.
 */
export function thin(lane: Lane, lines: readonly Line[], nearMs: number): Lane {
  const signals = lines.filter(({ kind }) => kind === 'signal').map(({ atMs }) => atMs);
  return { ...lane, spans: thinSpans(lane.spans, signals, nearMs), marks: thinMarks(lane.marks, nearMs) };
}

/** While it grows: a crowd has ten thousand parts, and none of them is copied twice. */
type Growing<Part extends Span | Mark> = { -readonly [Key in keyof Part]: Part[Key] } & { events: number[] };

function growing<Part extends Span | Mark>(part: Part): Growing<Part> {
  return { ...part, events: [...part.events] };
}

function thinSpans(spans: readonly Span[], signals: readonly number[], nearMs: number): Span[] {
  const merged: Growing<Span>[] = [];
  const lastOf = new Map<Span['kind'], Growing<Span>>();
  for (const next of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = lastOf.get(next.kind);
    const isNear = last && next.fromMs - last.toMs < nearMs && last.isEvidence === next.isEvidence;
    if (isNear && !isSplit(last, next, signals)) {
      last.toMs = Math.max(last.toMs, next.toMs);
      last.count += next.count;
      last.events.push(...next.events);
      continue;
    }
    const begun = growing(next);
    lastOf.set(next.kind, begun);
    merged.push(begun);
  }
  return merged;
}

/** A signal that came in one of the exchanges, or between them, must not vanish in their sum. */
function isSplit(last: Span, next: Span, signals: readonly number[]): boolean {
  if (next.kind !== 'exchange') return false;
  return signals.some(
    (ms) => (last.fromMs <= ms && ms <= last.toMs) !== (next.fromMs <= ms && ms <= next.toMs),
  );
}

function thinMarks(marks: readonly Mark[], nearMs: number): Mark[] {
  const merged: Growing<Mark>[] = [];
  const lastOf = new Map<string, { mark: Growing<Mark>; fromMs: number }>();
  for (const next of marks) {
    const sort = next.kind === 'output' ? next.kind : `${next.kind} ${next.label}`;
    const last = lastOf.get(sort);
    // From the first of them on: a long row of marks is not one.
    if (last && next.atMs - last.fromMs < nearMs && last.mark.isEvidence === next.isEvidence) {
      last.mark.atMs = next.atMs;
      last.mark.count += next.count;
      last.mark.events.push(...next.events);
      continue;
    }
    const mark = growing(next);
    lastOf.set(sort, { mark, fromMs: next.atMs });
    merged.push(mark);
  }
  return merged;
}
