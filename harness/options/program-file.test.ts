import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from './program-file.js';

let cwd: string;
let path: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'program-file-'));
  mkdirSync(join(cwd, 'bin'));
  mkdirSync(join(cwd, 'later'));
  mkdirSync(join(cwd, 'bin', 'folder'));
  file('bin/tool', '#!/bin/sh\n', 0o755);
  file('later/tool', '#!/bin/sh\n', 0o755);
  file('bin/half', '#!/bin/sh\n', 0o644);
  file('later/half', '#!/bin/sh\n', 0o755);
  file('server', '#!/bin/sh\n', 0o755);
  file('server.py', 'pass\n', 0o644);
  file('script.py', '#!/usr/bin/env python3\n', 0o644);
  file('plain', '', 0o644);
  file('lost', '#!/no/such/interpreter -x\n', 0o755);
  file('windows', '#!/bin/sh\r\n', 0o755);
  path = `${join(cwd, 'bin')}:later`;
});

afterAll(() => rmSync(cwd, { recursive: true }));

function file(name: string, text: string, mode: number): void {
  writeFileSync(join(cwd, name), text);
  chmodSync(join(cwd, name), mode);
}

function find(...command: string[]): string {
  return findProgram(command, { cwd, path });
}

describe('the program of a command', () => {
  test('is the first executable file of its name on PATH', () => {
    expect(find('tool')).toBe(join(cwd, 'bin/tool'));
  });

  test('is found further on where a file of its name may not be executed', () => {
    expect(find('half')).toBe(join(cwd, 'later/half'));
  });

  test('is found relative to the working directory where it has a slash', () => {
    expect(find('./server', 'x')).toBe(join(cwd, 'server'));
    expect(find('bin/tool')).toBe(join(cwd, 'bin/tool'));
  });

  test('is found in the current directory where PATH has an empty entry', () => {
    expect(findProgram(['server'], { cwd, path: '/nowhere:' })).toBe(join(cwd, 'server'));
  });

  test('is found where the C library looks when there is no PATH', () => {
    expect(findProgram(['sh'], { cwd, path: undefined })).toMatch(/^(\/usr)?\/bin\/sh$/);
  });

  const cases: [string[], RegExp, RegExp][] = [
    [['server'], /not on PATH/, /^write \.\/server:/],
    [['server.py', '-v'], /not on PATH/, /python3 server\.py -v$/],
    [['./server.py', '-v'], /not executable/, /python3 \.\/server\.py -v$/],
    [['./script.py'], /not executable/, /chmod \+x \.\/script\.py$/],
    [['./plain'], /not executable/, /chmod \+x \.\/plain$/],
    [['./bin'], /is a directory/, /name the program in it/],
    [['tol'], /not on PATH/, /did you mean tool\?/],
    [['twol'], /not on PATH/, /did you mean tool/],
    [['toxlxs'], /not on PATH/, /^install it/],
    [['./sevrer'], /does not exist/, /did you mean \.\/server\?/],
    [['./none/server'], /does not exist/, /there is no directory .*\/none/],
    [['node server.js'], /not on PATH/, /separately, .*: node server\.js$/],
    [['./server --port 1'], /does not exist/, /separately, .*: \.\/server --port 1$/],
    [['./lost'], /'\/no\/such\/interpreter', which does not exist/, /install the interpreter/],
    [['./windows'], /Windows line ends/, /Unix line ends/],
    [['no-such-program-anywhere'], /not on PATH/, /install it/],
    [['./server/x'], /does not exist/, /./],
  ];
  test.each(cases)('%j is rejected', (command, given, fix) => {
    expect(() => find(...command)).toThrow(
      expect.objectContaining({
        option: 'command',
        given: expect.stringMatching(given),
        fix: expect.stringMatching(fix),
      }),
    );
  });
});
