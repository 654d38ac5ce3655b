import { describe, expect, test } from 'vitest';
import { UsageError } from '../errors.js';
import { formatDuration, parseDuration } from './duration.js';

function mistake(act: () => unknown): UsageError {
  try {
    act();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('a duration', () => {
  test.each([
    ['5s', 5000],
    ['800ms', 800],
    ['1.5s', 1500],
    ['1.1s', 1100],
    ['2m', 120_000],
    ['24h', 86_400_000],
    ['100ms', 100],
    [250, 250],
  ])('%j is %d milliseconds', (text, ms) => {
    expect(parseDuration('deadline', text)).toBe(ms);
  });

  test.each([
    '5',
    '0',
    '-1',
    '-5s',
    '5 parsecs',
    'Infinity',
    '1e9h',
    '',
    's',
    '5S',
    ' 5s',
    '5s ',
    '1.s',
    '99ms',
    '25h',
    '1441m',
    0,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('%j is rejected', (value) => {
    const error = mistake(() => parseDuration('deadline', value));
    expect(error.option).toBe('deadline');
    expect(error.expected).toBe('a duration from 100ms to 24h, such as 5s or 800ms');
  });

  test.each([
    ['5', 'say the unit: write 5s or 5000ms'],
    ['5000', 'say the unit: write 5s or 5000ms'],
    ['5 seconds', 'write 5s'],
    ['5S', 'write 5s'],
    ['2 min', 'write 2m'],
    ['50ms', 'write 100ms or more'],
    ['25h', 'write 24h or less'],
    ['99999999999h', 'write 24h or less'],
    ['5 parsecs', 'write a number and its unit (ms, s, m or h) without a space, such as 5s'],
  ])('of %j the fix says what to write', (value, fix) => {
    expect(mistake(() => parseDuration('deadline', value)).fix).toBe(fix);
  });

  test('may be zero for a tolerance, and for nothing else', () => {
    expect(parseDuration('tolerance', '0ms')).toBe(0);
    expect(parseDuration('tolerance', 0)).toBe(0);
    expect(mistake(() => parseDuration('startupTimeout', '0ms')).given).toBe("'0ms'");
  });

  test.each([
    [0, '0ms'],
    [1500, '1500ms'],
    [5000, '5s'],
    [60_000, '1m'],
    [86_400_000, '24h'],
  ])('of %d milliseconds is written %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
