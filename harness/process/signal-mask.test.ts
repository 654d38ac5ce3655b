import { expect, test } from 'vitest';
import { decodeMask } from './signal-mask.js';

// Numbers as on Linux (signal(7)); the mask is the kernel's format, so no other system writes one.
const onLinux = process.platform === 'linux';

test.runIf(onLinux).each([
  ['0000000000000000', []],
  ['0000000000000001', ['SIGHUP']],
  ['0000000000004002', ['SIGINT', 'SIGTERM']],
  ['0000000040000000', ['SIGSYS']],
])('bit n-1 of %s stands for signal n', (mask, signals) => {
  expect(decodeMask(mask)).toEqual(signals);
});

test.runIf(onLinux)('real-time signals are left out, also where all bits are set', () => {
  const signals = decodeMask('ffffffffffffffff');
  expect(signals).toHaveLength(31);
  expect(new Set(signals).size).toBe(31);
  expect(decodeMask('ffffffff80000000')).toEqual([]);
});

test.runIf(onLinux)('signals with several names have their usual one', () => {
  expect(decodeMask('0000000010000020')).toEqual(['SIGABRT', 'SIGIO']);
});

test('a mask that is not there holds nothing', () => {
  expect(decodeMask(undefined)).toEqual([]);
});
