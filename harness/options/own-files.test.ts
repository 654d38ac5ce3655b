import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { longestSocketPath } from '../target/socket-path.js';
import { parsePidFile, parseSocket, toldFiles } from './own-files.js';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'own-files-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

describe('a path', () => {
  test('is taken from the working directory of the target', () => {
    expect(parseSocket('socket', 'app.sock', cwd)).toBe(join(cwd, 'app.sock'));
    expect(parsePidFile('pidFile', './app.pid', cwd)).toBe(join(cwd, 'app.pid'));
    expect(parsePidFile('pidFile', '/tmp/app.pid', cwd)).toBe('/tmp/app.pid');
  });

  const longest = (cut: number) => join('/tmp', 'a'.repeat(longestSocketPath - '/tmp/'.length - cut));
  test('of a socket has as many bytes as the kernel takes, and no more', () => {
    expect(parseSocket('socket', longest(0), cwd)).toHaveLength(longestSocketPath);
    expect(() => parseSocket('socket', longest(-1), cwd)).toThrow(`of at most ${longestSocketPath} bytes`);
    // Bytes, not letters.
    expect(() => parseSocket('socket', `${longest(1)}é`, cwd)).toThrow('sun_path');
  });

  test.each([
    ['socket', '', 'write the path'],
    ['socket', 'none/app.sock', 'is no folder: make it first'],
    ['socket', '.', 'which is a folder; add the name of the socket'],
    ['socket', '/', 'the name of the socket: /…'],
    ['socket', '/etc/passwd', 'a file of another kind'],
    ['socket', '@app', 'abstract sockets (unix(7)) cannot be tested'],
    ['socket', 'a\0b', 'write the path'],
    ['pidFile', '', 'write the path'],
    ['pidFile', 'none/app.pid', 'is no folder: make it first'],
    ['pidFile', '.', 'which is a folder'],
  ])('%s: %j is refused', (option, value, message) => {
    const parse = option === 'socket' ? parseSocket : parsePidFile;
    expect(() => parse(option, value, cwd)).toThrow(message);
  });
});

describe('a target is told a path of its own', () => {
  test('where its arguments or its variables ask for one', () => {
    const none = { socket: false, pidFile: false };
    expect(toldFiles(['app', '--listen=unix:{socket}'], {}, 'server')).toEqual({ ...none, socket: true });
    expect(toldFiles(['app'], { env: { PID: '{pidfile}' } }, 'server')).toEqual({ ...none, pidFile: true });
    expect(toldFiles(['app', '{port}'], {}, 'server')).toEqual(none);
    // Programs are told nothing, and may mean something else by it.
    expect(toldFiles(['app', '{socket}'], {}, 'program')).toEqual(none);
  });

  test('unless it is fixed: then the fixed one is meant', () => {
    const given = { socket: '/run/a.sock', pidFile: '/run/a.pid' };
    expect(toldFiles(['app', '{socket}', '{pidfile}'], given, 'server')).toEqual({
      socket: false,
      pidFile: false,
    });
  });

  test('and not together with a fixed port, nor where it is no server', () => {
    expect(() => toldFiles(['app', '{socket}'], { port: 80 }, 'server')).toThrow(
      'a port together with {socket}',
    );
    expect(() => toldFiles(['app'], { port: 80, socket: 'a' }, 'server')).toThrow(
      'a port together with a socket',
    );
    expect(() => toldFiles(['app', '{pidfile}'], {}, 'pair')).toThrow('{pidfile} for a pair');
    expect(() => toldFiles(['app', '{socket}'], {}, 'client')).toThrow('{socket} for a client');
  });
});
