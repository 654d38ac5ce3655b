import { describe, expect, test } from 'vitest';
import { editDistance, suggest } from './suggestion.js';

describe('the edit distance', () => {
  test.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', '', 3],
    ['kitten', 'sitting', 3],
    ['trem', 'term', 1],
    ['ab', 'ba', 1],
  ])('of %j and %j is %d', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
    expect(editDistance(to, from)).toBe(distance);
  });
});

describe('a suggestion', () => {
  test('is the nearest candidate, whatever its case', () => {
    expect(suggest('sigtrem', ['SIGTRAP', 'SIGTERM'])).toBe('SIGTERM');
  });

  test('is not made where nothing is near', () => {
    expect(suggest('parsecs', ['ms', 's'])).toBeUndefined();
    expect(suggest('x', ['y', 'abc'])).toBe('y');
    expect(suggest('', ['ab'])).toBeUndefined();
  });
});
