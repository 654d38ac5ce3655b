import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { quote } from './quote.js';

const words = [
  '',
  'plain',
  'two words',
  "it's",
  '"$HOME"',
  '`id`',
  'a\nb\n',
  '\\',
  '*',
  '#',
  '~',
  '-n',
  "''",
  '!!',
  'ä',
];

test.each(['sh', 'bash'])('every word comes out of %s as it went in', (shell) => {
  const line = ['printf', '%s\\0', ...words].map(quote).join(' ');
  expect(execFileSync(shell, ['-c', line], { encoding: 'utf8' })).toBe(
    words.map((word) => `${word}\0`).join(''),
  );
});
