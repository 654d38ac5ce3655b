import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConformOptions } from './options.js';
import { validateOptions } from './validate.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'validate-'));
  writeFileSync(join(folder, 'file'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

const command = [process.execPath, 'server.js'];

describe('validated options', () => {
  test('have all defaults where nothing is given', () => {
    expect(validateOptions(command)).toEqual({
      kind: 'server',
      target: {
        command,
        file: process.execPath,
        cwd: process.cwd(),
        env: {},
        port: undefined,
        socket: undefined,
        pidFile: undefined,
        tells: { socket: false, pidFile: false },
        ready: undefined,
        startupTimeoutMs: 30_000,
        path: '/',
        slowPath: undefined,
      },
      promise: {
        deadlineMs: 10_000,
        toleranceMs: 250,
        protocol: 'auto',
        notice: undefined,
        stopSignals: undefined,
        reloadSignals: [],
        ignoreSignals: [],
        exitStatus: [0, 'signal'],
      },
      plan: {
        clients: 3,
        only: [],
        skip: [],
        full: false,
        jobs: undefined,
        repeat: 1,
        sweep: [],
        signalTo: 'server',
      },
    });
  });

  test('hold everything that was given', () => {
    const { target, promise, plan } = validateOptions(command, {
      deadline: '400ms',
      protocol: 'http',
      notice: false,
      stopSignals: 'TERM',
      reloadSignals: ['HUP'],
      ignoreSignals: 'USR1,USR2',
      exitStatus: '0,143',
      port: 8080,
      ready: /ready/g,
      startupTimeout: 500,
      path: '/a?b=c',
      slowPath: '/slow',
      clients: 5,
      env: { PORT: '8080', EMPTY: '' },
      cwd: folder,
      only: 'idle',
      skip: ['a', 'b'],
      full: true,
      jobs: 2,
      repeat: 7,
    });
    expect(promise).toEqual({
      deadlineMs: 400,
      toleranceMs: 100,
      protocol: 'http',
      notice: false,
      stopSignals: ['SIGTERM'],
      reloadSignals: ['SIGHUP'],
      ignoreSignals: ['SIGUSR1', 'SIGUSR2'],
      exitStatus: [0, 143],
    });
    expect(target).toMatchObject({ port: 8080, startupTimeoutMs: 500, path: '/a?b=c', slowPath: '/slow' });
    expect(target).toMatchObject({ cwd: folder, env: { PORT: '8080', EMPTY: '' } });
    // Without the flag that would make the second instance's line be missed.
    expect(target.ready).toEqual(/ready/);
    expect(plan).toEqual({
      clients: 5,
      only: ['idle'],
      skip: ['a', 'b'],
      full: true,
      jobs: 2,
      repeat: 7,
      sweep: [],
      signalTo: 'server',
    });
  });

  test('search the program on the PATH that the target will have', () => {
    expect(() => validateOptions(['node'], { env: { PATH: folder } })).toThrow(
      expect.objectContaining({ option: 'command', given: "'node', which is not on PATH" }),
    );
  });

  test('are rejected where they are not known, with the nearest that is', () => {
    expect(() => validateOptions(command, { deadlin: '5s' } as ConformOptions)).toThrow(
      expect.objectContaining({ option: 'deadlin', fix: 'did you mean deadline?' }),
    );
  });

  const wrong: [string, unknown, RegExp][] = [
    ['deadline', true, /a text such as 5s/],
    ['deadline', '5', /a duration from/],
    ['tolerance', '11s', /at most the deadline, which is 10s/],
    ['protocol', 'htpp', /one of auto, echo/],
    ['notice', '', /the text that/],
    ['notice', true, /a text, or false/],
    ['stopSignals', '', /at least one signal/],
    ['stopSignals', [], /at least one signal/],
    ['stopSignals', [15], /a text, or a list/],
    ['exitStatus', '300', /exit statuses/],
    ['port', 0, /from 1 to 65535/],
    ['port', 65_536, /from 1 to 65535/],
    ['port', 1.5, /from 1 to 65535/],
    ['ready', '(', /a regular expression/],
    ['ready', '', /a regular expression/],
    ['startupTimeout', '1ms', /a duration from/],
    ['path', 'index.html', /starts with \//],
    ['path', '/a b', /starts with \//],
    ['path', '/a\r\nX: y', /starts with \//],
    ['slowPath', 'http://localhost/slow', /starts with \//],
    ['clients', 0, /from 1 to 1000/],
    ['clients', 10_001, /from 1 to 1000/],
    ['jobs', 0, /from 1 to 1000/],
    ['repeat', -1, /from 1 to 1000/],
    ['env', { A: 1 }, /a text for A/],
    ['env', { 'A=B': '1' }, /variables that/],
    ['env', { PORT: '8080' }, /variables that/],
    ['env', { SIGNAL_CONFORMANCE_RUN: 'x' }, /variables that/],
    ['cwd', '/no/such/directory', /existing directory/],
    ['cwd', process.execPath, /existing directory/],
    ['cwd', `${process.execPath}/x`, /existing directory/],
    ['cwd', '', /existing directory/],
    ['only', '', /the id of a run/],
    ['skip', ['{a'], /the id of a run/],
    ['full', 'yes', /true or false/],
  ];
  test.each(wrong)('%s: %j is rejected', (option, value, expected) => {
    expect(() => validateOptions(command, { [option]: value } as ConformOptions)).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        option,
        expected: expect.stringMatching(expected),
        given: expect.stringMatching(/./),
        fix: expect.stringMatching(/./),
      }),
    );
  });

  test('of one protocol are rejected with another, where they would have no effect', () => {
    expect(() => validateOptions(command, { protocol: 'http', notice: 'BYE' })).toThrow(
      expect.objectContaining({ option: 'notice' }),
    );
    expect(() => validateOptions(command, { protocol: 'echo', slowPath: '/slow' })).toThrow(
      expect.objectContaining({ option: 'slowPath' }),
    );
    expect(() => validateOptions(command, { protocol: 'none', notice: false })).not.toThrow();
  });

  test('say what is wrong with a regular expression in the words of the engine', () => {
    expect(() => validateOptions(command, { ready: 'a(' })).toThrow(/Unterminated group/);
  });

  test('correct a path that is none', () => {
    expect(() => validateOptions(command, { path: '/a b' })).toThrow(/write \/a%20b/);
    expect(() => validateOptions(command, { slowPath: 'http://localhost/slow' })).toThrow(/write \/slow$/);
  });
});

describe('a command', () => {
  test.each([
    [[], 'nothing'],
    [[''], "[ '' ]"],
    ['node server.js', "'node server.js'"],
    [['node', 1], "[ 'node', 1 ]"],
    [undefined, 'nothing'],
  ])('%j is rejected', (given, said) => {
    expect(() => validateOptions(given as string[])).toThrow(
      expect.objectContaining({ option: 'command', given: said }),
    );
  });
});
