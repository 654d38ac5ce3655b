import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepare, ReportPathError } from './write.js';

let folder: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'report-')));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
const inFolder = (name: string) => join(folder, name);

test('a prepared report is written whole, and nothing else is left in the folder', async () => {
  await prepare(inFolder('r.json'), '--json').commit('{}\n');
  expect(fs.readFileSync(inFolder('r.json'), 'utf8')).toBe('{}\n');
  expect(fs.readdirSync(folder)).toEqual(['r.json']);
});

test('a report of a former run does not survive an aborted run', () => {
  fs.writeFileSync(inFolder('r.json'), '{"outcome":"conformant"}');
  prepare(inFolder('r.json'), '--json');
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('the name changes hands at once: a file that came there meanwhile is not written into', async () => {
  const report = prepare(inFolder('r.json'), '--json');
  fs.writeFileSync(inFolder('r.json'), 'of another process');
  fs.linkSync(inFolder('r.json'), inFolder('same-inode'));
  await report.commit('{}');
  expect(fs.readFileSync(inFolder('r.json'), 'utf8')).toBe('{}');
  expect(fs.readFileSync(inFolder('same-inode'), 'utf8')).toBe('of another process');
});

test('a commit that fails leaves neither a report nor a temporary file', async () => {
  const report = prepare(inFolder('r.json'), '--json');
  fs.mkdirSync(inFolder('r.json'));
  await expect(report.commit('{}')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(fs.readdirSync(folder)).toEqual(['r.json']);
});

test('a symbolic link stays, and the file that it points to is replaced', async () => {
  fs.mkdirSync(inFolder('elsewhere'));
  fs.writeFileSync(inFolder('elsewhere/real.json'), 'old');
  fs.symlinkSync(inFolder('elsewhere/real.json'), inFolder('link.json'));
  await prepare(inFolder('link.json'), '--json').commit('new');
  expect(fs.lstatSync(inFolder('link.json')).isSymbolicLink()).toBe(true);
  expect(fs.readFileSync(inFolder('elsewhere/real.json'), 'utf8')).toBe('new');
});

test('a device is written to and not replaced', async () => {
  await prepare('/dev/null', '--json').commit('{}');
  expect(fs.statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('a descriptor that is not open is known before the first run', () => {
  for (const path of ['/proc/self/fd/999999', '/dev/fd/999999', '/proc/r.json'])
    expect(() => prepare(path, '--json')).toThrow(ReportPathError);
});

test.skipIf(!fs.existsSync('/dev/shm'))('a file in /dev/shm is one like any other', async () => {
  const shared = fs.mkdtempSync('/dev/shm/report-');
  const path = join(shared, 'r.json');
  fs.writeFileSync(path, '{"outcome":"conformant"}');
  const report = prepare(path, '--json');
  expect(fs.readdirSync(shared)).toEqual([]);
  await report.commit('{}');
  expect(fs.readFileSync(path, 'utf8')).toBe('{}');
  fs.rmSync(shared, { recursive: true });
});

test('a named pipe is written to and not replaced', async () => {
  execFileSync('mkfifo', [inFolder('pipe')]);
  const reader = fs.openSync(inFolder('pipe'), fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  await prepare(inFolder('pipe'), '--json').commit('{}');
  const read = Buffer.alloc(10);
  expect(read.toString('utf8', 0, fs.readSync(reader, read))).toBe('{}');
  fs.closeSync(reader);
  expect(fs.statSync(inFolder('pipe')).isFIFO()).toBe(true);
});

test('- is standard output', async () => {
  const stdout = new PassThrough();
  const seen = text(stdout);
  await prepare('-', '--json', stdout).commit('{}');
  stdout.end();
  expect(await seen).toBe('{}');
});

test('a reader that has gone away is an error of the commit, not an uncaught one', async () => {
  const closed = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  await expect(prepare('-', '--json', closed).commit('{}')).rejects.toThrow('EPIPE');
});

// Root may write everywhere that is no pseudo file system; others may not write where they have no permission.
const readOnly = () => {
  if (process.getuid?.() === 0) return '/sys';
  fs.mkdirSync(inFolder('read-only'), { mode: 0o555 });
  return inFolder('read-only');
};

test.each([
  ['a folder', () => folder, /it is a folder; name a file in it/],
  ['no name', () => '', /it is empty; name a file/],
  [
    'a file in a folder that does not exist',
    () => inFolder('no/r.json'),
    /does not exist; create it: mkdir -p/,
  ],
  [
    'a file below a file',
    () => {
      fs.writeFileSync(inFolder('file'), '');
      return inFolder('file/r.json');
    },
    /is not a folder/,
  ],
  [
    'a file in a folder that cannot be written',
    () => join(readOnly(), 'r.json'),
    /nothing can be written in .* \(E[A-Z]+\); choose/,
  ],
])(
  '%s is refused before the first run, with the option, what was given, and the fix',
  (_what, path, words) => {
    const given = path();
    const attempt = () => prepare(given, '--junit');
    expect(attempt).toThrow(ReportPathError);
    expect(attempt).toThrow(words);
    expect(attempt).toThrow(`--junit: expected a file that can be written, given ${JSON.stringify(given)}`);
  },
);
