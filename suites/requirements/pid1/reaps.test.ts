import { expect, it } from 'vitest';
import type { Delivery } from '../../../harness/contract/delivery.js';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { pid1Reaps } from './reaps.js';

const inherited: Written = { type: 'orphan', pid: 20, state: 'inherited', beforeMs: 480, atMs: 500 };
const ended: Written = { type: 'orphan', pid: 20, state: 'ended', beforeMs: 500, atMs: 510 };
/** Last seen as a zombie at `beforeMs`, and not any more at `atMs`. */
const reaped = (beforeMs: number, atMs: number): Written => ({
  type: 'orphan',
  pid: 20,
  state: 'reaped',
  beforeMs,
  atMs,
});
const left = (atMs: number): Written => ({ type: 'orphan', pid: 20, state: 'left', beforeMs: 500, atMs });

function judged(events: readonly Written[], delivery: Delivery = 'pid1', scenario = 'inherited-orphan') {
  const run = { id: `${scenario}/SIGTERM+${delivery}`, scenario, delivery };
  return verdictOf(pid1Reaps, recordingOf(events, { run }));
}

it('passes where what was inherited is reaped within a second', () => {
  expect(judged([inherited, ended, reaped(500, 512)]).outcome).toBe('pass');
  expect(judged([inherited, ended, reaped(1480, 1490)]).outcome).toBe('pass');
});

it('fails where it was a zombie for longer, and where it still was one', () => {
  expect(judged([inherited, ended, reaped(1700, 1705)])).toMatchObject({
    outcome: 'fail',
    expected: 'reaped within 1 s',
    evidence: [0, 1, 2],
  });
  const verdict = judged([inherited, ended, left(2010)]);
  expect(verdict).toMatchObject({ outcome: 'fail', observed: 'still a zombie 1.5 s later' });
});

it('is untested where the looks lie on both sides of the bound, or end before it', () => {
  expect(judged([inherited, ended, reaped(1490, 1600)])).toMatchObject({
    outcome: 'untested',
    straddles: true,
  });
  expect(judged([inherited, ended, left(1400)])).toMatchObject({ outcome: 'untested', straddles: true });
  expect(judged([inherited, ended])).toMatchObject({ outcome: 'untested' });
});

it('does not apply to other runs', () => {
  expect(judged([], 'pid1', 'idle').outcome).toBe('not-applicable');
  expect(judged([], 'process').outcome).toBe('not-applicable');
});
