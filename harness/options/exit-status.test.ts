import { describe, expect, test } from 'vitest';
import { parseExitStatus } from './exit-status.js';

describe('accepted exit statuses', () => {
  test.each([
    ['0,signal,143', [0, 'signal', 143]],
    ['0, signal', [0, 'signal']],
    [0, [0]],
    [
      ['signal', 255],
      ['signal', 255],
    ],
    ['0,0,00', [0]],
  ] as const)('%j is understood', (value, accepted) => {
    expect(parseExitStatus('exitStatus', value)).toEqual(accepted);
  });

  test.each([
    ['256', /write 0: only the low byte/],
    ['-1', /write 255: only the low byte/],
    ['SIGTERM', /write signal for death by the stop signal/],
    ['', /0,signal,143/],
    ['0,,1', /0,signal,143/],
    ['0;1', /0,signal,143/],
    [1.5, /0,signal,143/],
    [[], /leave the option out/],
  ] as const)('%j is rejected with advice', (value, fix) => {
    expect(() => parseExitStatus('exitStatus', value)).toThrow(
      expect.objectContaining({ option: 'exitStatus', fix: expect.stringMatching(fix) }),
    );
  });
});
