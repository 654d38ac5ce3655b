import { describe, expect, it } from 'vitest';
import { inUnit, otherDeadlineMs } from './deadline-setting.js';

describe('inUnit', () => {
  it.each([
    [5000, 's', '5'],
    [800, 's', '0.8'],
    [5000, 'ms', '5000'],
  ] as const)('tells %i ms in %s as %s', (deadlineMs, unit, told) => {
    expect(inUnit(deadlineMs, unit)).toBe(told);
  });
});

describe('otherDeadlineMs', () => {
  it.each([
    ['half as long', 10_000, 's', 5000],
    ['whole seconds stay whole', 5000, 's', 2000],
    ['milliseconds need not', 5000, 'ms', 2500],
    ['nor does what was not whole', 2500, 's', 1250],
    ['twice as long where half is too short', 800, 'ms', 1600],
    ['one second cannot be halved to a whole one', 1000, 's', 2000],
  ] as const)('%s', (_, deadlineMs, unit, other) => {
    expect(otherDeadlineMs(deadlineMs, unit)).toBe(other);
  });
});
