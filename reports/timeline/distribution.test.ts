import { expect, test } from 'vitest';
import type { Report, ReportRun } from '../report.js';
import { conformant, runs } from '../samples.js';
import { distributions, histogram, scaleFor, spreadOf } from './distribution.js';

const idle = runs[0] as ReportRun;
const repeated = (ids: readonly string[]): Report => ({
  ...conformant,
  runs: ids.map((id) => ({ ...idle, id })),
});

test('there is nothing to show where no run was repeated', () => {
  expect(distributions(conformant)).toEqual([]);
  expect(distributions(repeated(['idle/SIGTERM#1', 'other/SIGTERM#1']))).toEqual([]);
});

test('plays of one run are put together: time to exit, and to the notice of each client that was told', () => {
  const [one, ...others] = distributions(repeated(['idle/SIGTERM#1', 'idle/SIGTERM#2', 'other/SIGTERM#1']));
  expect(others).toEqual([]);
  expect(one).toMatchObject({ run: 'idle/SIGTERM', plays: 2, deadlineMs: 2000 });
  expect(one?.exitMs.map(Math.round)).toEqual([1210, 1210]);
  expect(one?.noticeMs.map((ms) => Number(ms.toFixed(1)))).toEqual([2.6, 2.6]);
});

test('of few values no shape is claimed: quartiles from 8 on, the 95th percentile from 40 on', () => {
  const values = (count: number) => Array.from({ length: count }, (_, place) => place);
  expect(spreadOf([])).toBeUndefined();
  expect(spreadOf([4, 8])).toEqual({ minMs: 4, maxMs: 8, medianMs: 6 });
  expect(spreadOf(values(8))).toHaveProperty('quartilesMs');
  expect(spreadOf(values(39))).not.toHaveProperty('p95Ms');
  expect(spreadOf(values(201))).toMatchObject({ p95Ms: 190, quartilesMs: [50, 150] });
});

test('each value is counted in one stretch of a histogram', () => {
  const bars = histogram([0, 1, 5, 9.9, 10], 10, 5);
  expect(bars).toHaveLength(5);
  expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(5);
});

test('the deadline is on the axis where a play came near to it', () => {
  expect(scaleFor([100, 900], 2000).toMs).toBeGreaterThan(2000);
  expect(scaleFor([1, 3], 2000).toMs).toBeLessThan(10);
});
