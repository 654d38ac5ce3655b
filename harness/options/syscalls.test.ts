import { expect, test } from 'vitest';
import { parseSyscalls } from './syscalls.js';

test('names in one text or one by one; duplicates collapse, the order stays', () => {
  expect(parseSyscalls('sweep', 'recvfrom, accept4 ,recvfrom')).toEqual(['recvfrom', 'accept4']);
  expect(parseSyscalls('sweep', ['pselect6', '_newselect'])).toEqual(['pselect6', '_newselect']);
  expect(parseSyscalls('sweep', [])).toEqual([]);
});

// Each of these would say something else to strace: the beginning of an expression, a set, everything but.
test.each([
  '',
  'recvfrom,',
  '!read',
  '%network',
  '/^re',
  '42',
  'READ',
  'read write',
  'read@64',
  'read\n-o/x',
])('%j is rejected', (value) => {
  expect(() => parseSyscalls('sweep', value)).toThrow(
    expect.objectContaining({
      name: 'UsageError',
      option: 'sweep',
      expected: 'names of system calls',
      given: expect.stringMatching(/^'.*'$/),
      fix: expect.stringMatching(/^write for example recvfrom,accept4/),
    }),
  );
});

test('so is a set of calls, which strace also takes without a %', () => {
  expect(() => parseSyscalls('sweep', 'read,network')).toThrow(
    expect.objectContaining({ option: 'sweep', given: "'network', which stands for many of them" }),
  );
});
