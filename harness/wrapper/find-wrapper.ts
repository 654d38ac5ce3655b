import { execFile } from 'node:child_process';
import {
  accessSync,
  constants,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Wrapper } from '../contract/delivery.js';
import { pipeFolderPrefix } from '../process/pipes.js';
import { quietly } from './quietly.js';
import { packageOf } from './script-folder.js';

/** A wrapper that is on PATH. */
export interface FoundWrapper {
  readonly file: string;
  /** Undefined where it does not tell (dash). */
  readonly version?: string;
  /** The shell by which it runs scripts; undefined where it has its own (yarn since 2), or is one. */
  readonly shell?: string;
  /** What yarn since 2 wants to see beside a package whose scripts it runs. */
  readonly lockFile?: string;
}

const askWithinMs = 20_000;

const howToGet: Readonly<Record<Wrapper, string>> = {
  dash: 'Debian: apt-get install dash',
  bash: 'Debian: apt-get install bash',
  npm: 'it comes with Node.js',
  yarn: 'npm install --global yarn',
  pnpm: 'npm install --global pnpm',
};

/** Package runners take long to say who they are, and are asked once. */
const known = new Map<string, Promise<FoundWrapper | string>>();

/**
 * Looks for a wrapper on PATH, and asks it for its version and its shell; with these variables beside those of the
 * harness, as the target has them. Resolves with the reason where it is not to be had.
 */
export function findWrapper(
  wrapper: Wrapper,
  env: Readonly<Record<string, string>> = {},
): Promise<FoundWrapper | string> {
  const key = JSON.stringify([wrapper, env]);
  const found = known.get(key) ?? find(wrapper, env);
  known.set(key, found);
  return found;
}

async function find(
  wrapper: Wrapper,
  given: Readonly<Record<string, string>>,
): Promise<FoundWrapper | string> {
  const path = given.PATH ?? process.env.PATH ?? '';
  const file = onPath(wrapper, path);
  if (file === undefined) return `${wrapper} is not on PATH (${howToGet[wrapper]})`;
  if (wrapper === 'dash') return { file };
  const folder = mkdtempSync(`${pipeFolderPrefix()}wrapper-`);
  const ask = async (...words: string[]) => {
    const env = { ...process.env, ...given, ...quietly(folder), TMPDIR: folder };
    return (await promisify(execFile)(file, words, { cwd: folder, env, timeout: askWithinMs })).stdout.trim();
  };
  try {
    const [, version] = /(\d+\.\d+\.\d+[\w.+-]*)/.exec(await ask('--version')) ?? [];
    if (version === undefined) return `${file} does not tell its version`;
    if (wrapper === 'bash') return { file, version };
    if (hasOwnShell(wrapper, version)) return { file, version, lockFile: await lockedBy(ask, folder) };
    const set = await ask('config', 'get', 'script-shell');
    const shell = ['', 'null', 'undefined'].includes(set) ? 'sh' : set;
    return { file, version, shell: nameOf(shell, path) };
  } catch (error) {
    // corepack stands in for a version that it would have to fetch first.
    return `${file} cannot be used: ${saidBy(error)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The format of its lock file changes from version to version: it is made by the one that will read it. */
async function lockedBy(ask: (...words: string[]) => Promise<string>, folder: string): Promise<string> {
  const file = join(folder, 'yarn.lock');
  writeFileSync(join(folder, 'package.json'), packageOf({}));
  writeFileSync(file, '');
  await ask('install');
  return readFileSync(file, 'utf8');
}

/** yarn since 2 brings a shell with it (@yarnpkg/shell). */
export function hasOwnShell(wrapper: Wrapper, version = ''): boolean {
  return wrapper === 'yarn' && Number.parseInt(version, 10) >= 2;
}

/** What `sh` is: `dash` on Debian, `bash` elsewhere. */
function nameOf(shell: string, path: string): string {
  const file = onPath(shell, path);
  return basename(file === undefined ? shell : realpathSync(file));
}

function onPath(name: string, path: string): string | undefined {
  return path
    .split(':')
    .map((folder) => resolve(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false; // it is not there
      }
    });
}

function saidBy(error: unknown): string {
  const { stderr = '', message } = error as { stderr?: string; message: string };
  const lines = `${stderr}\n${message}`.split('\n').map((line) => line.trim());
  return lines.find((line) => /error/i.test(line)) ?? lines.find((line) => line !== '') ?? 'it failed';
}
