import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { hostile } from '../samples.js';
import { oneLine, printable, shellWord } from './printable.js';

test.each([
  ['an escape sequence', '\u001b[31mred', '\\x1b[31mred'],
  ['C1 controls, which are escape sequences too', '\u009b31m', '\\x9b31m'],
  ['NUL, BEL and DEL', '\0\u0007\u007f', '\\x00\\x07\\x7f'],
  ['a carriage return that would overwrite the line', 'failed\rpassed', 'failed\\rpassed'],
  ['a bidi override and isolate', '\u202egnp\u2066', '\\u202egnp\\u2066'],
  ['a lone surrogate', 'a\ud800b', 'a\\ud800b'],
  ['a tag character outside the BMP', '\u{e0041}', '\\u{e0041}'],
])('%s is shown and not interpreted', (_what, given, shown) => {
  expect(printable(given)).toBe(shown);
});

test('ordinary text, newlines, tabs, emoji and other scripts stay as they are', () => {
  const text = 'é 日本語 😀 עברית\n\tindented';
  expect(printable(text)).toBe(text);
});

test('a Windows line end is a line end', () => {
  expect(printable('one\r\ntwo')).toBe('one\ntwo');
});

test('one line stays one line', () => {
  expect(oneLine('a\nb\tc')).toBe('a\\nb c');
});

test.each([
  ['--name=x', '--name=x'],
  ['{port}', '{port}'],
  ['two words', "'two words'"],
  ["it's", "'it'\\''s'"],
  ['', "''"],
  ['*', "'*'"],
  ['a{b,c}', "'a{b,c}'"],
  ['\u001b[2J', "$'\\033[2J'"],
])('%j is the shell word %s', (given, quoted) => {
  expect(shellWord(given)).toBe(quoted);
});

test.each(['it\'s $HOME `id` \\ "!"', 'a{b,c}', 'new\nline\ttab', 'esc\u001bape', '\u202e', '~', '#x', '-n'])(
  'bash reads the shell word for %j as that word',
  (word) => {
    const script = `printf '%s\\0' ${shellWord(word)}`;
    // Without standard input bash does not take itself for a remote shell and read start-up files.
    const read = execFileSync('bash', ['--norc', '-c', script], {
      encoding: 'utf8',
      env: { LC_ALL: 'C.UTF-8' },
    });
    expect(read).toBe(`${word}\0`);
  },
);

test('nothing of a hostile text is left to interpret', () => {
  expect(oneLine(hostile)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
});
