import { expect, test } from 'vitest';
import { impossibleIn } from './possible-events.js';

const good = [
  { type: 'connect-failed', instance: 0, client: 'early-1', beforeMs: 0, atMs: 2 },
  { type: 'spawned', instance: 0, pid: 7, beforeMs: 1, atMs: 3 },
  { type: 'output', instance: 0, text: 'x', atMs: 1 },
  { type: 'signal', instance: 0, pid: 7, signal: 'SIGTERM', beforeMs: 10, atMs: 30 },
  // Seen before kill(2) returned.
  { type: 'exit', instance: 0, pid: 7, code: 0, signal: null, atMs: 20 },
  { type: 'spawn-failed', instance: 1, error: 'ENOENT', atMs: 20 },
  { type: 'gone', instance: 1, sinceMs: 20, atMs: 21 },
  { type: 'lag', who: 'fleet', lagMs: 3, atMs: 22 },
];
const changed = (index: number, change: object) =>
  good.map((event, place) => (place === index ? { ...event, ...change } : event));

test('what a recorder writes is possible', () => {
  expect(impossibleIn(good)).toBeUndefined();
});

test.each([
  ['no event at all', [], undefined, 'at least one event', 'none'],
  ['events in another order', good.toReversed(), 1, 'here at 22 ms or later', '21 ms'],
  ['a time before the beginning', changed(0, { beforeMs: -1 }), 0, 'beforeMs to be milliseconds', '-1'],
  ['a time that is none', changed(4, { atMs: Number.NaN }), 4, 'atMs to be milliseconds', 'NaN'],
  ['a time without end', changed(7, { atMs: JSON.parse('1e400') }), 7, 'atMs to be milliseconds', 'Infinity'],
  ['a time that is a text', changed(7, { atMs: '22' }), 7, 'atMs to be milliseconds', '22'],
  ['no time', changed(7, { atMs: undefined }), 7, 'atMs to be milliseconds', 'undefined'],
  ['an act that ended before it began', changed(3, { beforeMs: 40 }), 3, 'over, at 30 ms', '40 ms'],
  [
    'an exit of nobody',
    good.filter(({ type }) => type !== 'spawned'),
    1,
    'instance 0 to be spawned',
    'no such',
  ],
  ['an exit of somebody else', changed(4, { pid: 8 }), 4, 'pid 7', 'pid 8'],
  ['a signal to somebody else', changed(3, { pid: 8 }), 3, 'pid 7', 'pid 8'],
  ['another process that was spawned', changed(1, { pid: 9 }), 3, 'pid 9', 'pid 7'],
])('%s is not', (_what, events, index, expected, given) => {
  const found = impossibleIn(events);
  expect(found?.index).toBe(index);
  expect(found?.expected).toContain(expected);
  expect(found?.given).toContain(given);
});
