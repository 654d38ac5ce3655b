import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareAddition } from './add.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'add-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['nothing', '', 'ours\n'],
  ['a line', '## theirs\n', '## theirs\n\nours\n'],
  ['a line that does not end', '| theirs |', '| theirs |\n\nours\n'],
  ['a blank line at the end', 'theirs\n\n', 'theirs\n\nours\n'],
])('%s that is there stays, and the report begins a block of its own', async (_what, former, after) => {
  const path = join(folder, 'summary');
  writeFileSync(path, former);
  const file = prepareAddition(path, '--markdown');
  expect(readFileSync(path, 'utf8')).toBe(former);
  await file.commit('ours\n');
  expect(readFileSync(path, 'utf8')).toBe(after);
});

test('a file that is not there yet is made', async () => {
  const path = join(folder, 'summary');
  await prepareAddition(path, '--markdown').commit('ours\n');
  expect(readFileSync(path, 'utf8')).toBe('ours\n');
});

test('what cannot be added to is known before', () => {
  expect(() => prepareAddition(join(folder, 'none', 'summary'), '--markdown')).toThrow(
    /^--markdown: expected a file that can be added to, given ".*none\/summary": the folder .*none does not exist;/,
  );
  expect(() => prepareAddition(folder, '--markdown')).toThrow('it is a folder; name a file');
});
