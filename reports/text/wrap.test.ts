import { expect, test } from 'vitest';
import { clip, pad, split, width } from './width.js';
import { columnsOf, labelled, wrap } from './wrap.js';

test.each([
  ['abc', 3],
  ['日本', 4],
  ['😀', 2],
  ['e\u0301', 1],
  ['', 0],
])('%j takes %i columns', (text, columns) => {
  expect(width(text)).toBe(columns);
});

test('a clipped text says that something is missing, and never passes its columns', () => {
  expect(clip('abcdef', 6)).toBe('abcdef');
  expect(clip('abcdefg', 6)).toBe('abcde…');
  expect(clip('日本語', 4)).toBe('日…');
});

test('padding counts columns and not characters', () => {
  expect(pad('日', 4)).toBe('日  ');
  expect(pad('7', 3, 'left')).toBe('  7');
});

test('a text is split between characters, never inside one', () => {
  expect(split('😀😀', 3)).toEqual(['😀', '😀']);
});

test('lines are broken at spaces and indented', () => {
  expect(wrap('one two three four', 12, 2, 2)).toEqual(['  one two', '    three', '    four']);
});

test('a word that is longer than a line is broken and nothing of it is lost', () => {
  const lines = wrap(`x ${'0123456789'.repeat(3)}`, 12);
  expect(lines.join('').replaceAll(' ', '')).toBe(`x${'0123456789'.repeat(3)}`);
  expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(12);
});

test('newlines stay newlines, control characters become visible', () => {
  expect(wrap('a\nb\u001b', 20, 1)).toEqual([' a', ' b\\x1b']);
});

test('a line of a text does not begin where ours begin', () => {
  expect(wrap('untested: a\nconformant', 20, 0, 2)).toEqual(['untested: a', '  conformant']);
});

test('a label has a column of its own, or on a narrow terminal stands before its text', () => {
  expect(labelled('why', 'because it is so', 60)).toEqual(['  why       because it is so']);
  expect(labelled('why', 'because it is so and so', 24)).toEqual(['  why: because it is so', '    and so']);
});

test.each([
  ['no terminal', {}, 80],
  ['no terminal, though columns are known', { isTTY: false, columns: 50 }, 80],
  ['a narrow terminal', { isTTY: true, columns: 45 }, 45],
  ['a wide terminal: long lines are hard to read', { isTTY: true, columns: 240 }, 100],
  ['a terminal that does not know its size', { isTTY: true, columns: 0 }, 80],
])('%s', (_what, stream, columns) => {
  expect(columnsOf(stream)).toBe(columns);
});
