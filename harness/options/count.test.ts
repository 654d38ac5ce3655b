import { expect, test } from 'vitest';
import { parseCount } from './count.js';

test.each([
  ['0', 'write 1 or more'],
  ['1000000', 'write 999999 or less'],
  ['4294967296', 'write 999999 or less'],
  ['-1', 'write it in digits, without sign, point or unit'],
  ['1e3', 'write it in digits, without sign, point or unit'],
  ['', 'write it in digits, without sign, point or unit'],
])('of %j the fix says what to write', (value, fix) => {
  expect(() => parseCount('seed', value)).toThrow(expect.objectContaining({ fix }));
});
