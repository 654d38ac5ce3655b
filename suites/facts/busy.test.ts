import { expect, test } from 'vitest';
import { recordingOf, type Written } from '../testing/recording-builder.js';
import { busyBefore } from './busy.js';

const missed: Written = { type: 'missed', moment: 'm', reason: 'r', atMs: 3000 };
const lag = (atMs: number, lagMs: number, who: 'harness' | 'fleet' = 'harness'): Written => ({
  type: 'lag',
  who,
  lagMs,
  atMs,
});

function busy(...lags: Written[]) {
  const recording = recordingOf([missed, ...lags]);
  const event = recording.events.find(({ type }) => type === 'missed');
  return event && busyBefore(recording, event);
}

test('lags that a run has when it is played alone are those of a quiet machine', () => {
  expect(busy()).toBeUndefined();
  expect(busy(lag(2500, 15), lag(2600, 49))).toBeUndefined();
});

test('the worst lag is told, of the harness or of the clients', () => {
  expect(busy(lag(2500, 60), lag(2600, 1250), lag(2700, 80))).toBe(
    'the machine was busy: the harness was 1.25 s late',
  );
  expect(busy(lag(2500, 60, 'fleet'))).toBe('the machine was busy: the clients were 60 ms late');
});

test('a lag that is told after the moment, but began before it, counts; a later one does not', () => {
  expect(busy(lag(3002, 300))).toContain('300 ms');
  expect(busy(lag(3400, 300))).toBeUndefined();
});

test('a lag of long before, such as of the start, has nothing to do with it', () => {
  expect(busy(lag(1990, 300))).toBeUndefined();
  expect(busy(lag(2010, 300))).toContain('300 ms');
});
