import { expect, test } from 'vitest';
import { recordingOf, type Written } from '../testing/recording-builder.js';
import { onIdleMachine } from './kept-waiting.js';

const waited = (waitedMs: number, sinceMs: number, instance = 0): Written => ({
  type: 'kept-waiting',
  instance,
  waitedMs,
  sinceMs,
  atMs: sinceMs + 100,
});
const elapsed = { minMs: 1100, maxMs: 1200 };
const seen = (...events: Written[]) => onIdleMachine(recordingOf(events), elapsed, 1000, 2200);

test('what the target waited for in that time may have been all that it was late by', () => {
  expect(seen(waited(80, 1100), waited(120, 2150))).toEqual({ minMs: 900, maxMs: 1200 });
});

test('what it waited for before and after, and what another start waited for, explains nothing', () => {
  expect(seen(waited(80, 900), waited(80, 2200), waited(80, 1500, 1))).toEqual(elapsed);
});

test('threads that wait side by side wait longer than the time is long', () => {
  expect(seen(waited(4000, 1500))).toEqual({ minMs: 0, maxMs: 1200 });
});

test('from the last look to the end it may have waited as much as right before that', () => {
  expect(seen(waited(75, 1900))).toEqual({ minMs: 1100 - 75 - 150, maxMs: 1200 });
  expect(seen(waited(300, 1900))).toEqual({ minMs: 1100 - 300 - 200, maxMs: 1200 });
  expect(seen(waited(75, 1500))).toEqual({ minMs: 1025, maxMs: 1200 });
});
