import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Former, takeAway } from './former.js';

/** A place for a report, checked before the first run. */
export interface ReportFile {
  readonly path: string;
  /** Puts the whole text there at once, or throws and leaves nothing. */
  commit(text: string): Promise<void>;
  /** The report of an earlier run, which was taken away: there where nothing was tested after all. */
  readonly former?: Former;
}

/** A report cannot be written where the user wants it: wrong usage, not a fault. */
export class ReportPathError extends Error {
  override readonly name = 'ReportPathError';
}

/** Open files of this process: also where they are redirected to a file, that is not to be replaced. */
const isDescriptor = (path: string): boolean => descriptors.test(resolve(path));
const descriptors = /^\/(dev\/(fd\/|std(in|out|err)$)|proc\/)/;

/**
 * Checks that a report can be written to `path`, so that this is known before the first run and not after the last.
 * `-` is standard output. A report of a former run is deleted here: it must not survive an aborted run and be taken
 * for its result; whoever finds no file knows that no run was finished. `former` puts it back.
 *
 * `option` is what the user wrote (`--json`), for the message of the {@link ReportPathError}.
 */
export function prepare(
  path: string,
  option: string,
  stdout: NodeJS.WritableStream = process.stdout,
): ReportFile {
  if (path === '-') return { path, commit: (text) => writeToStream(stdout, text) };
  const existing = checkPlace(path, option);
  // A device or a pipe (/dev/stderr, >(…)) is written to; renaming over it would replace it by a file.
  if (isDescriptor(path) || (existing && !existing.isFile()))
    return { path, commit: async (text) => fs.writeFileSync(path, text) };
  // Through a symbolic link the file is replaced, not the link.
  const file = existing ? fs.realpathSync(path) : resolve(path);
  const former = existing ? takeFormer(file, option, path) : undefined;
  return { path, commit: async (text) => replace(file, text), ...(former && { former }) };
}

/**
 * Checks the same, and leaves everything as it is: what is there already, if anything.
 *
 * @throws ReportPathError where nothing can be written
 */
export function checkPlace(path: string, option: string): fs.Stats | undefined {
  if (path === '-') return undefined;
  if (path === '') fail(option, path, 'it is empty', 'name a file, or - for standard output');
  const existing = statIfAny(path, option, path);
  if (existing?.isDirectory())
    fail(option, path, 'it is a folder', `name a file in it, such as ${join(path, 'report')}`);
  if (isDescriptor(path) && !existing) fail(option, path, 'there is no such open file', 'name another file');
  if (isDescriptor(path) || (existing && !existing.isFile())) return existing;
  tryFolder(existing ? fs.realpathSync(path) : resolve(path), option, path);
  return existing;
}

/**
 * The same for a file that is made from its former self: that one stays until the new one takes its place, and for good
 * where there will be none.
 */
export function prepareReplacement(path: string, option: string): ReportFile {
  const existing = statIfAny(path, option, path);
  if (existing && !existing.isFile()) fail(option, path, 'it is no ordinary file', 'name another file');
  const file = existing ? fs.realpathSync(path) : resolve(path);
  tryFolder(file, option, path);
  return { path, commit: async (text) => replace(file, text) };
}

/** Writes beside the file, makes it durable, then renames: a reader sees the whole report or none. */
function replace(file: string, text: string): void {
  const temporary = temporaryFor(file);
  try {
    fs.writeFileSync(temporary, text, { flag: 'wx', flush: true });
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** Permission bits promise little (root, read-only mounts, quotas): a file is made and removed. */
function tryFolder(file: string, option: string, given: string): void {
  const folder = dirname(file);
  const found = statIfAny(folder, option, given);
  if (!found) fail(option, given, `the folder ${folder} does not exist`, `create it: mkdir -p ${folder}`);
  if (!found.isDirectory()) fail(option, given, `${folder} is not a folder`, 'name a file in a folder');
  const probe = temporaryFor(file);
  try {
    fs.closeSync(fs.openSync(probe, 'wx'));
    fs.rmSync(probe);
  } catch (error) {
    fail(
      option,
      given,
      `nothing can be written in ${folder} (${code(error)})`,
      'choose a folder that is writable',
    );
  }
}

function takeFormer(file: string, option: string, given: string): Former {
  try {
    return takeAway(file);
  } catch (error) {
    return fail(
      option,
      given,
      `the old file there cannot be replaced (${code(error)})`,
      'remove it, or name another file',
    );
  }
}

function statIfAny(path: string, option: string, given: string): fs.Stats | undefined {
  try {
    return fs.statSync(path);
  } catch (error) {
    // ENOTDIR: a parent of it is a file.
    if (code(error) === 'ENOENT' || code(error) === 'ENOTDIR') return undefined;
    return fail(option, given, `${path} cannot be looked at (${code(error)})`, 'name another file');
  }
}

// In the same folder, because rename(2) does not cross file systems; hidden and unlike any report's name.
function temporaryFor(file: string): string {
  return join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
}

// A reader that closed early (`| head -1`) is an `error` event too, which nobody else listens to.
function writeToStream(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((done, failed) => {
    stream.once('error', failed);
    stream.write(text, (error) => {
      if (error) return failed(error);
      stream.removeListener('error', failed);
      done();
    });
  });
}

function fail(option: string, given: string, problem: string, fix: string): never {
  throw new ReportPathError(
    `${option}: expected a file that can be written, given ${JSON.stringify(given)}: ${problem}; ${fix}`,
  );
}

function code(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
