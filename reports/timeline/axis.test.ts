import { expect, test } from 'vitest';
import { axisOf, lengthOf, scaleOf, ticksOf, unbrokenAxisOf } from './axis.js';
import type { Mark, Picture } from './parts.js';

function marksAt(...times: readonly number[]): Picture {
  const marks = times.map(
    (atMs): Mark => ({
      kind: 'told',
      atMs,
      sinceMs: atMs,
      label: 'told',
      count: 1,
      events: [0],
      isEvidence: false,
    }),
  );
  const toMs = Math.max(...times);
  return {
    lanes: [{ kind: 'client', name: 'a', count: 1, spans: [], marks }],
    lines: [],
    zeroMs: 0,
    whole: { fromMs: 0, toMs },
    window: { fromMs: 0, toMs },
    elsewhere: [],
  };
}

test('a long quiet stretch is cut out where that tells times apart which looked like one', () => {
  const axis = axisOf(marksAt(0, 6, 12, 18, 24, 5000, 5006, 5012));
  expect(axis.stretches).toHaveLength(2);
  expect(lengthOf(axis)).toBeLessThan(500);
});

test('time stays unbroken where a cut would show nothing more', () => {
  expect(axisOf(marksAt(0, 2000, 3000)).stretches).toHaveLength(1);
  expect(axisOf(marksAt(0, 100, 200, 300, 400, 500)).stretches).toHaveLength(1);
});

test('places on the axis rise with time, over its cuts and beyond its ends', () => {
  const axis = axisOf(marksAt(0, 6, 12, 18, 24, 5000, 5006, 5012));
  const x = scaleOf(axis, 100, 900, 26);
  const places = [-50, 0, 6, 24, 2500, 5000, 5006, 9000].map(x);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect([places[0], places.at(-1)]).toEqual([100, 900]);
  expect(x(12) - x(6), 'one scale on both sides of a cut').toBeCloseTo(x(5006) - x(5000), 5);
});

test('a deadline that is near is on the axis, and one far away is not', () => {
  const withDeadline = (atMs: number): Picture => ({
    ...marksAt(0, 1000),
    lines: [{ kind: 'deadline', atMs, toMs: atMs, label: 'deadline', events: [], isEvidence: false }],
  });
  expect(unbrokenAxisOf(withDeadline(1400)).stretches[0].toMs).toBeGreaterThan(1400);
  expect(unbrokenAxisOf(withDeadline(9000)).stretches[0].toMs).toBeLessThan(1100);
});

test('ticks are round times since zero', () => {
  expect(ticksOf(unbrokenAxisOf(marksAt(0, 1000)), 100, 5)).toEqual([0, 200, 400, 600, 800]);
});
