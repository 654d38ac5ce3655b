import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { shown, UsageError } from '../errors.js';
import { checkInterpreter, runWithInterpreter } from './interpreter.js';
import { suggest } from './suggestion.js';

/** Where a program is looked for. */
export interface Surroundings {
  readonly cwd: string;
  /** The PATH that the target will have; undefined where it has none. */
  readonly path: string | undefined;
}

/**
 * The file that the system would execute for this command: on PATH, or relative to `cwd` where the name has a slash
 * (execvp(3)). It is looked up before anything starts, since after the start a missing file and a broken target look alike.
 */
export function findProgram(command: readonly string[], { cwd, path }: Surroundings): string {
  const name = command[0] ?? '';
  // An empty entry means the current directory; without PATH the C library looks in these two.
  const folders = name.includes('/') ? [''] : (path ?? '/bin:/usr/bin').split(':');
  const candidates = folders.map((folder) => resolve(cwd, folder, name));
  const file = candidates.find(isProgram);
  if (file !== undefined) {
    checkInterpreter(file, name);
    return file;
  }
  const present = candidates.find((candidate) => existsSync(candidate));
  throw present === undefined
    ? notFound(command, { cwd, path })
    : notExecutable(command, present, name.includes('/'));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false; // it is missing, may not be read or executed, or is no path at all (ENOTDIR)
  }
}

function notExecutable(command: readonly string[], file: string, asPath: boolean): UsageError {
  const name = command[0] ?? '';
  if (statSync(file).isDirectory())
    return misuse(
      `${shown(name)}, which is a directory`,
      `name the program in it, such as ${name.replace(/\/+$/, '')}/server, or the program that runs it`,
    );
  const fix = runWithInterpreter(file, command) ?? `make it executable: chmod +x ${asPath ? name : file}`;
  return misuse(`${shown(name)}, which is not executable`, fix);
}

function notFound(command: readonly string[], { cwd, path }: Surroundings): UsageError {
  const name = command[0] ?? '';
  const onPath = !name.includes('/');
  const given = `${shown(name)}, which ${onPath ? 'is not on PATH' : 'does not exist'}`;
  return misuse(given, words(command) ?? (onPath ? asFileHere(command, cwd, path) : besideIt(name, cwd)));
}

/** `'node server.js'` in quotes was meant for a shell. */
function words(command: readonly string[]): string | undefined {
  const name = command[0] ?? '';
  const parts = name.trim().split(/\s+/);
  return command.length === 1 && parts.length > 1
    ? `write the words separately, without quotes around all of them: ${parts.join(' ')}`
    : undefined;
}

function asFileHere(command: readonly string[], cwd: string, path: string | undefined): string {
  const name = command[0] ?? '';
  const here = resolve(cwd, name);
  if (isProgram(here)) return `write ./${name}: the current directory is not searched`;
  if (statSync(here, { throwIfNoEntry: false })?.isFile())
    return runWithInterpreter(here, command) ?? `make it executable and write ./${name}: chmod +x ${name}`;
  const names = (path ?? '').split(':').flatMap((folder) => list(resolve(cwd, folder)));
  // Among thousands of programs every short word has a neighbour two letters away that nobody meant.
  const near = suggest(name, names, 1);
  return near === undefined ? 'install it, or write the path of the program' : `did you mean ${near}?`;
}

function besideIt(name: string, cwd: string): string {
  const file = resolve(cwd, name);
  const folder = dirname(file);
  if (!existsSync(folder)) return `there is no directory ${folder}; a relative path starts in ${cwd}`;
  const near = suggest(basename(file), list(folder));
  return near === undefined
    ? `there is no ${file}; a relative path starts in ${cwd}`
    : `did you mean ${name.slice(0, name.length - basename(name).length)}${near}?`;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // PATH may name what does not exist or may not be read
  }
}

function misuse(given: string, fix: string): UsageError {
  return new UsageError({ option: 'command', expected: 'a program that can be started', given, fix });
}
