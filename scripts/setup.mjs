/** All set-up that a fresh checkout needs: dependencies where they are missing or older than the lock file, and the build. */
import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const changedMs = (file) =>
  statSync(new URL(`../${file}`, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0;

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: false,
  });
  if (error) process.stderr.write(`${command}: ${error.message}\n`);
  if (status !== 0) process.exit(status ?? 1);
}

// npm writes this file last, when everything is installed.
if (changedMs('node_modules/.package-lock.json') < changedMs('package-lock.json')) {
  // Not `npm ci`: it refuses a lock file that was written where the optional binaries of another platform were not to
  // be had, although nobody needs them there. `--no-save` keeps the lock file as it is.
  run('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']);
}
// What a removed source file left behind would be tested, and published.
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']);
