import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { RunFiles } from './run-files.js';
import { longestSocketPath } from './socket-path.js';

const told: string[] = [];
const files = () => new RunFiles({ addFolder: (path) => told.push(path) });
afterEach(() => {
  vi.unstubAllEnvs();
  told.length = 0;
});

test('each run has paths of its own, in one folder that is nobody else’s, and that goes with all that is in it', () => {
  const own = files();
  const [one, other] = [own.next(), own.next()];
  expect(new Set([one.socket, one.pidFile, other.socket, other.pidFile]).size).toBe(4);
  const folder = dirname(one.socket);
  expect([one.pidFile, other.socket].map((path) => dirname(path))).toEqual([folder, folder]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  writeFileSync(one.socket, 'left');
  own.release();
  expect(existsSync(folder)).toBe(false);
  // It was in the temporary folder, where the reaper looks by itself.
  expect(told).toEqual([]);
});

test('nothing is made before it is asked for', () => {
  files().release();
  expect(told).toEqual([]);
});

test('where the temporary folder has a name too long for sockets, /tmp has one, and the reaper is told', () => {
  const outer = mkdtempSync(join(tmpdir(), 'run-files-'));
  const long = join(outer, 'long'.repeat(25));
  mkdirSync(long);
  vi.stubEnv('TMPDIR', long);
  const own = files();
  const { socket } = own.next();
  expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(longestSocketPath);
  expect(told).toEqual([dirname(socket)]);
  own.release();
  expect(existsSync(dirname(socket))).toBe(false);
  rmSync(outer, { recursive: true });
});
