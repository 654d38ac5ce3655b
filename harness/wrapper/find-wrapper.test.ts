import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findWrapper } from './find-wrapper.js';

let bin = '';
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'find-wrapper-'));
  for (const [name, file] of [
    ['sh', '/bin/sh'],
    ['cat', '/bin/cat'],
  ] as const)
    symlinkSync(file, join(bin, name));
});
afterEach(() => rmSync(bin, { recursive: true }));

/** A program that answers `--version`, `config get script-shell` and `install`. */
function fake(name: string, version: string, then = 'echo undefined'): string {
  const file = join(bin, name);
  writeFileSync(file, `#!/bin/sh\ncase $1 in --version) ${version};; *) ${then};; esac\n`);
  chmodSync(file, 0o755);
  return file;
}

test.each(['dash', 'bash', 'npm', 'yarn', 'pnpm'] as const)(
  '%s that is not on PATH: how to get it',
  async (wrapper) => {
    expect(await findWrapper(wrapper, { PATH: bin })).toMatch(
      new RegExp(`^${wrapper} is not on PATH \\(.+\\)$`),
    );
  },
);

test('a package runner is asked for its version and its shell; where none is set it is what sh is', async () => {
  const file = fake('npm', 'echo 11.19.1', 'echo null');
  rmSync(join(bin, 'sh'));
  symlinkSync(fake('mysh', ':'), join(bin, 'sh'));
  expect(await findWrapper('npm', { PATH: bin })).toEqual({ file, version: '11.19.1', shell: 'mysh' });
});

test('a shell that its configuration names is the one', async () => {
  const file = fake('pnpm', 'echo 10.1.0', 'echo /usr/local/bin/fish');
  expect(await findWrapper('pnpm', { PATH: bin })).toEqual({ file, version: '10.1.0', shell: 'fish' });
});

test('yarn since 2 has its own shell, and makes the lock file that it wants to see', async () => {
  const file = fake('yarn', 'echo 4.9.0', 'cat package.json >yarn.lock');
  expect(await findWrapper('yarn', { PATH: bin })).toEqual({
    file,
    version: '4.9.0',
    lockFile: expect.stringContaining('"name":"target"'),
  });
});

test('bash says more than its version', async () => {
  const file = fake('bash', 'echo "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)"');
  expect(await findWrapper('bash', { PATH: bin })).toEqual({ file, version: '5.2.15' });
});

test('one that cannot say who it is cannot be used, and what it says is the reason', async () => {
  const file = fake('yarn', 'echo "Error: Network access disabled" >&2; exit 1');
  expect(await findWrapper('yarn', { PATH: bin })).toBe(
    `${file} cannot be used: Error: Network access disabled`,
  );
  fake('npm', 'echo hello');
  expect(await findWrapper('npm', { PATH: bin })).toMatch(/does not tell its version$/);
});
