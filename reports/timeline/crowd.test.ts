import { expect, test } from 'vitest';
import { fold } from './fold.js';
import type { Lane, Mark, Span } from './parts.js';
import { thin } from './thin.js';

const span = (fromMs: number, toMs: number, more: Partial<Span> = {}): Span => ({
  kind: 'exchange',
  fromMs,
  toMs,
  events: [fromMs],
  isEvidence: false,
  count: 1,
  ...more,
});
const mark = (atMs: number, more: Partial<Mark> = {}): Mark => ({
  kind: 'told',
  label: 'told',
  sinceMs: atMs,
  atMs,
  events: [atMs],
  isEvidence: false,
  count: 1,
  ...more,
});
const client = (name: string, marks: readonly Mark[] = [], spans: readonly Span[] = []): Lane => ({
  kind: 'client',
  name,
  count: 1,
  spans,
  marks,
});

test('a crowd is folded by its sort; who proves something, and to whom something bad happened, stays', () => {
  const lanes = Array.from({ length: 30 }, (_, place) =>
    client(`busy-${place + 1}`, [
      mark(place, { isEvidence: place === 20, kind: place === 25 ? 'bad' : 'told' }),
    ]),
  );
  const folded = fold(lanes, 'client', 3);
  expect(folded.map(({ name, count }) => [name, count])).toEqual([
    ['busy', 28],
    ['busy-21', 1],
    ['busy-26', 1],
  ]);
  expect(folded.flatMap(({ marks }) => marks).length, 'no mark is lost').toBe(30);
});

test('of more sorts than there is room for, the last share one lane, and no client is lost', () => {
  const lanes = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((name) => [client(`${name}-1`), client(`${name}-2`)]);
  const folded = fold(lanes, 'client', 4);
  expect(folded.length).toBeLessThanOrEqual(4);
  expect(folded.reduce((sum, { count }) => sum + count, 0)).toBe(12);
  expect(folded.at(-1)?.name).toBe('others');
});

test('other lanes keep their places, and few lanes stay as they are', () => {
  const harness: Lane = { ...client('harness'), kind: 'harness' };
  const lanes = [client('a-1'), harness, client('a-2')];
  expect(fold(lanes, 'client', 2)).toEqual(lanes);
  expect(fold(lanes, 'client', 1).map(({ name }) => name)).toEqual(['a', 'harness']);
});

test('exchanges that stand close become one with their count, but not the one that a signal came into', () => {
  const lane = client('busy-1', [], [span(0, 1), span(2, 3), span(4, 8), span(9, 10), span(11, 12)]);
  const signal = {
    kind: 'signal',
    atMs: 6,
    toMs: 6,
    label: 'SIGTERM',
    events: [99],
    isEvidence: false,
  } as const;
  expect(thin(lane, [signal], 5).spans.map(({ fromMs, toMs, count }) => [fromMs, toMs, count])).toEqual([
    [0, 3, 2],
    [4, 8, 1],
    [9, 12, 2],
  ]);
});

test('ten thousand clients are thinned quickly, and every event is kept', () => {
  const lanes = Array.from({ length: 10_000 }, (_, place) =>
    client(`busy-${place}`, [mark(place / 10)], [span(place / 10, place / 10 + 1)]),
  );
  const startedMs = performance.now();
  const [lane] = fold(lanes, 'client', 1).map((one) => thin(one, [], 5));
  expect(performance.now() - startedMs).toBeLessThan(5000);
  expect(lane?.marks.length, 'a long row of marks is not one mark').toBe(200);
  expect(lane?.marks.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
  expect(lane?.spans.flatMap(({ events }) => events)).toHaveLength(10_000);
});

test('evidence is not merged with what is none', () => {
  const lane = client('a', [mark(0), mark(1, { isEvidence: true }), mark(2)]);
  expect(thin(lane, [], 5).marks.map(({ isEvidence, count }) => [isEvidence, count])).toEqual([
    [false, 1],
    [true, 1],
    [false, 1],
  ]);
});
