import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeAway } from './former.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'former-'));
  file = join(folder, 'r.html');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test('a report that was taken away is put back byte by byte, with its mode', () => {
  const bytes = Buffer.from([0xff, 0x00, 0x0a]);
  fs.writeFileSync(file, bytes, { mode: 0o600 });
  const former = takeAway(file);
  expect(fs.readdirSync(folder)).toEqual([]);
  expect(former.putBack()).toBe(true);
  expect(fs.readFileSync(file)).toEqual(bytes);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
});

test('what came to its place meanwhile stays', () => {
  fs.writeFileSync(file, 'old');
  const former = takeAway(file);
  fs.writeFileSync(file, 'of another process');
  expect(former.putBack()).toBe(true);
  expect(fs.readFileSync(file, 'utf8')).toBe('of another process');
});

test('that it cannot be put back is told', () => {
  fs.writeFileSync(file, 'old');
  const former = takeAway(file);
  fs.rmSync(folder, { recursive: true });
  expect(former.putBack()).toBe(false);
});
