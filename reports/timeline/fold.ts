import type { Lane, Mark, Part, Span } from './parts.js';

/**
 * At most so many lanes of a kind, in their order: those with evidence stay themselves, then those to which something
 * bad happened; the others share one lane for each sort of them (`busy-1` to `busy-30`: `busy`).
 */
export function fold(lanes: readonly Lane[], kind: Lane['kind'], limit: number): Lane[] {
  const ofKind = lanes.filter((lane) => lane.kind === kind);
  if (ofKind.length <= limit) return [...lanes];
  const sorts = new Set(ofKind.map(sortOf)).size;
  const room = Math.max(0, limit - Math.min(sorts, Math.ceil(limit / 2)));
  const weights = new Map(ofKind.map((lane) => [lane, weight(lane)]));
  const kept = new Set(
    ofKind.toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0)).slice(0, room),
  );
  const crowds = new Map<string, Lane[]>();
  for (const lane of ofKind.filter((one) => !kept.has(one))) {
    const crowd = crowds.get(sortOf(lane));
    if (crowd) crowd.push(lane);
    else crowds.set(sortOf(lane), [lane]);
  }
  const groups = [...crowds.values()];
  const others = limit - room;
  const joined =
    groups.length > others ? [...groups.slice(0, others - 1), groups.slice(others - 1).flat()] : groups;
  const firsts = new Map(joined.map((crowd) => [crowd[0], crowd]));
  return lanes.flatMap((lane) => {
    if (lane.kind !== kind || kept.has(lane)) return [lane];
    const crowd = firsts.get(lane);
    return crowd ? [together(crowd)] : [];
  });
}

function sortOf({ name }: Lane): string {
  return name.replace(/[-.\s]?\d+(\.\d+)?$/, '');
}

function weight({ spans, marks }: Lane): number {
  const parts: Part[] = [...spans, ...marks];
  if (parts.some(({ isEvidence }) => isEvidence)) return 3;
  if (marks.some(({ kind }) => kind === 'bad')) return 2;
  return spans.some(({ kind }) => kind === 'unanswered') ? 1 : 0;
}

function together(lanes: readonly Lane[]): Lane {
  const [first] = lanes as readonly [Lane, ...Lane[]];
  if (lanes.length === 1) return first;
  const count = lanes.reduce((sum, lane) => sum + lane.count, 0);
  const sorts = [...new Set(lanes.map(sortOf))];
  const byTime = <P extends Span | Mark>(parts: P[], ms: (part: P) => number) =>
    parts.sort((a, b) => ms(a) - ms(b));
  return {
    kind: first.kind,
    name: sorts.length === 1 ? (sorts[0] as string) : 'others',
    count,
    spans: byTime(
      lanes.flatMap((lane) => lane.spans),
      ({ fromMs }) => fromMs,
    ),
    marks: byTime(
      lanes.flatMap((lane) => lane.marks),
      ({ atMs }) => atMs,
    ),
  };
}
