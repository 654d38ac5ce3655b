import { expect, test } from 'vitest';
import { oneOf } from './one-of.js';

const words = ['exit', 'reconnect'] as const;

test('a word that is one of them', () => {
  expect(oneOf('afterNotice', 'reconnect', words)).toBe('reconnect');
});

test.each([
  ['reconect', 'did you mean reconnect?'],
  ['Exit', 'did you mean exit?'],
  ['exit ', 'did you mean exit?'],
  ['live', 'write exit or reconnect'],
  ['', 'write exit or reconnect'],
])('%j is rejected: %s', (value, fix) => {
  expect(() => oneOf('afterNotice', value, words)).toThrow(
    expect.objectContaining({
      name: 'UsageError',
      option: 'afterNotice',
      expected: 'one of exit, reconnect',
      given: `'${value}'`,
      fix,
    }),
  );
});
