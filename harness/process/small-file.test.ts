import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSmallFile } from './small-file.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'small-file-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([0, 1, 8191, 8192, 8193, 100_000])('a file of %i bytes is read as a whole', (size) => {
  const text = Array.from({ length: size }, (_, index) => String.fromCharCode(97 + (index % 26))).join('');
  const path = join(folder, String(size));
  writeFileSync(path, text);
  expect(readSmallFile(path)).toBe(text);
});

test('nothing of a longer file is left in a shorter one', () => {
  writeFileSync(join(folder, 'long'), 'x'.repeat(5000));
  writeFileSync(join(folder, 'short'), 'y');
  readSmallFile(join(folder, 'long'));
  expect(readSmallFile(join(folder, 'short'))).toBe('y');
});

test('a file that is not there is an error, with its code', () => {
  expect(() => readSmallFile(join(folder, 'gone'))).toThrow(/ENOENT/);
});
