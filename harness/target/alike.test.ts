import { expect, test } from 'vitest';
import { alike } from './alike.js';

test('numbers are alike, and spaces around a line are none of it', () => {
  expect(alike(' pid 4711: item 3.25 done\r')).toBe('pid #: item #.# done');
});

test('two long lines that differ only in a number are alike, however many digits it has', () => {
  const rest = 'x'.repeat(400);
  expect(alike(`at 9 ${rest}`)).toBe(alike(`at 10000 ${rest}`));
  expect(alike(`${rest} one`)).toBe(alike(`${rest} two`));
});
