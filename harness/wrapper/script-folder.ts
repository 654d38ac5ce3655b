import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchOptions } from '../process/launch.js';
import { pipeFolderPrefix } from '../process/pipes.js';
import { quietly } from './quietly.js';
import { quote } from './quote.js';

/** A package with one script, which becomes the target. */
export interface ScriptFolder {
  readonly path: string;
  /** What a shell is to run, as somebody would write it into a package.json: one simple command. */
  readonly line: string;
  /** Keeps package runners from the network, and from what belongs to the user. The target never sees it. */
  readonly env: Readonly<Record<string, string>>;
  /** The process that has become the target; undefined as long as none has. */
  serverPid(): number | undefined;
  remove(): void;
}

/**
 * Makes a temporary folder for one start of the target. A harness that is killed leaves it to the reaper, which removes
 * what begins like this.
 *
 * The script is a file of its own, so that nothing in the target's command has to be understood alike by five shells. It
 * becomes the target by exec: whether another process stays in between is the wrapper's doing alone. The lock file makes
 * this folder the project for yarn, whatever is in those above it.
 *
 * @throws Error where the temporary folder cannot be written to
 */
export function makeScriptFolder(target: LaunchOptions, lockFile = ''): ScriptFolder {
  const path = mkdtempSync(`${pipeFolderPrefix()}wrapper-`);
  const [start, pid] = [join(path, 'start'), join(path, 'pid')];
  // Not an executable file: a temporary folder may be mounted noexec.
  const line = `sh ${quote(start)}`;
  const env = quietly(path);
  try {
    mkdirSync(join(path, 'tmp'));
    writeFileSync(start, scriptOf(target, pid, Object.keys(env)));
    writeFileSync(join(path, 'package.json'), packageOf({ start: line }));
    writeFileSync(join(path, 'yarn.lock'), lockFile);
  } catch (error) {
    rmSync(path, { recursive: true, force: true });
    throw error;
  }
  return {
    path,
    line,
    env,
    serverPid: () => readPid(pid),
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }),
  };
}

/** What was set for the wrapper is put back: the target has the environment that it would have had without that. */
function scriptOf(
  { file, command, cwd, env }: LaunchOptions,
  pid: string,
  hidden: readonly string[],
): string {
  const restored = hidden.map((name) => {
    const value = env[name] ?? process.env[name];
    return value === undefined ? `unset ${name}` : `export ${name}=${quote(value)}`;
  });
  const words = [file, ...command.slice(1)].map(quote).join(' ');
  return [...restored, `cd ${quote(cwd)} || exit`, `echo "$$" >${quote(pid)}`, `exec ${words}`, ''].join(
    '\n',
  );
}

/** A line that is not whole yet is none. */
function readPid(file: string): number | undefined {
  try {
    const [, digits] = /^(\d+)\n$/.exec(readFileSync(file, 'utf8')) ?? [];
    return digits === undefined ? undefined : Number(digits);
  } catch {
    return undefined; // the script has not begun
  }
}

/** A package.json for what is never published, and has no dependencies. */
export function packageOf(scripts: Readonly<Record<string, string>>): string {
  return JSON.stringify({ name: 'target', version: '1.0.0', private: true, scripts });
}
