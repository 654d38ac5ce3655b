import { expect, test } from 'vitest';
import { livesWhenDue } from './due.js';
import { MomentMissed } from './moment-missed.js';

const act = 'the signal is sent again 1 s after the first one';
const at = (exitMs: number | undefined) => livesWhenDue({ act, dueMs: 1000, exitMs });

test('a target that has not ended lives', () => {
  expect(at(undefined)).toBe(true);
});

test('one that ended before, or in the turn of the loop in which it was due, does not', () => {
  expect(at(400)).toBe(false);
  expect(at(1000)).toBe(false);
  expect(at(1001)).toBe(false);
});

test('one whose end was seen only later is a moment that the harness missed, and it says by how much', () => {
  expect(() => at(2250)).toThrow(MomentMissed);
  expect(() => at(2250)).toThrow(expect.objectContaining({ lateMs: 1250 }));
  expect(() => at(2250)).toThrow(`${act}: the harness was 1.25 s late, and found that the target had ended`);
});
