import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nonconformant } from '../../reports/samples.js';
import { UsageError } from '../errors.js';
import { prepareRecordings, withRecordings } from './record-folder.js';
import { OutputError, type ReportFiles } from './report-files.js';

let folder: string;
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'record-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const report = {
  ...nonconformant,
  runs: nonconformant.runs.map((run) => ({ ...run, delivery: 'process' as const, early: false })),
};

test('a folder is made where its parent is there, and holds a file for each run', async () => {
  await prepareRecordings(at('rec')).commit(report);
  expect(readdirSync(at('rec'))).toHaveLength(report.runs.length);
});

test('an empty folder is taken', () => {
  mkdirSync(at('rec'));
  prepareRecordings(at('rec'));
  expect(readdirSync(at('rec'))).toEqual([]);
});

test.each<[string, () => string, string]>([
  ['an empty text', () => '', 'name a folder'],
  ['a folder without its parent', () => at('no/rec'), 'mkdir -p'],
  [
    'a file',
    () => {
      writeFileSync(at('file'), 'kept');
      return at('file');
    },
    'which is a file',
  ],
  [
    'a folder with recordings of another test',
    () => {
      mkdirSync(at('rec'));
      writeFileSync(at('rec/idle_SIGTERM.json'), '{}');
      writeFileSync(at('rec/notes.txt'), 'mine');
      return at('rec');
    },
    'which holds 2 files',
  ],
])('%s is refused, and nothing is changed', (_what, path, words) => {
  const given = path();
  const before = readdirSync(folder, { recursive: true });
  expect(() => prepareRecordings(given)).toThrow(UsageError);
  expect(() => prepareRecordings(given)).toThrow(words);
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
});

test('recordings that cannot be written do not cost the report, and are told', async () => {
  const made = prepareRecordings(at('rec'));
  rmSync(at('rec'), { recursive: true });
  let written = 0;
  const files: ReportFiles = {
    usesStandardOutput: false,
    commit: async () => {
      written += 1;
    },
    putBack: () => [],
  };
  const both = withRecordings(files, made).commit(report, { strict: false, requirements: [] });
  await expect(both).rejects.toThrow(OutputError);
  await expect(both).rejects.toThrow(`0 of ${report.runs.length} are there`);
  expect(written).toBe(1);
});

test.runIf(process.platform === 'linux')('a folder in which none can be made is told as that', () => {
  expect(() => prepareRecordings('/proc/recordings')).toThrow(/cannot be made in \/proc \(\w+\)/);
});
