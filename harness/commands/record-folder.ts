import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Report } from '../../reports/report.js';
import { prepare } from '../../reports/write.js';
import { shown, UsageError } from '../errors.js';
import { OutputError, type ReportFiles } from './report-files.js';

/** Where the recordings of a test go. */
export interface RecordFolder {
  readonly path: string;
  /** Writes one file for each run; throws where one could not be written. */
  commit(report: Report): Promise<void>;
  /** Removes the folder where it was made for this test, and nothing came into it. */
  putBack(): void;
}

/**
 * Checks that recordings can be kept in a folder, so that this is known before the first run, and makes it where its parent
 * is there. One that holds something is refused: recordings of two tests in one folder could not be told apart, and nobody's
 * files are deleted.
 */
export function prepareRecordings(path: string): RecordFolder {
  const folder = resolve(path);
  const existed = checkRecordings(path);
  if (!existed) make(path, folder);
  // The same check as for a report: permission bits promise little.
  prepareIn(folder, 'recording.json', path);
  return {
    path,
    async commit(report) {
      const { recordingFiles } = await import('../../reports/recording-file.js');
      const files = recordingFiles(report);
      for (const [count, { name, text }] of files.entries()) {
        try {
          await prepare(join(folder, name), '--record').commit(text);
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          throw new OutputError(
            `recordings could not be written: --record ${path}: ${count} of ${files.length} are there (${code ?? String(error)})`,
          );
        }
      }
    },
    putBack() {
      if (!existed) removeEmpty(folder);
    },
  };
}

/**
 * Checks as much of the same as can be without making anything: what is wrong here is to cost no report of another target.
 *
 * @returns whether the folder is there already
 */
export function checkRecordings(path: string): boolean {
  if (path === '') throw wrong('an empty text', 'name a folder, such as recordings');
  const folder = resolve(path);
  const existing = statIfAny(path, folder);
  if (existing === undefined) {
    checkParent(path, dirname(folder));
    return false;
  }
  if (!existing.isDirectory()) throw wrong(`${shown(path)}, which is a file`, 'name a folder');
  checkEmpty(path, folder);
  return true;
}

/** Reports and recordings together: what the one cannot be written for does not keep the other from being written. */
export function withRecordings(files: ReportFiles, folder: RecordFolder | undefined): ReportFiles {
  if (folder === undefined) return files;
  return {
    usesStandardOutput: files.usesStandardOutput,
    async commit(report, context) {
      const results = await Promise.allSettled([files.commit(report, context), folder.commit(report)]);
      const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      const [first] = reasons;
      if (reasons.length > 1 && reasons.every((reason) => reason instanceof OutputError))
        throw new OutputError(reasons.map(({ message }) => message).join('; '));
      if (first !== undefined) throw first;
    },
    putBack() {
      folder.putBack();
      return files.putBack();
    },
  };
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody put something there: it is theirs.
  }
}

function prepareIn(folder: string, name: string, given: string): void {
  try {
    prepare(join(folder, name), '--record');
  } catch (error) {
    throw wrong(
      `${shown(given)}, in which nothing can be written (${(error as Error).message})`,
      'choose a folder that is writable',
    );
  }
}

function make(path: string, folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw wrong(
      `${shown(path)}, which cannot be made in ${dirname(folder)} (${code})`,
      'name a folder that is writable',
    );
  }
}

function checkParent(path: string, parent: string): void {
  if (!statIfAny(path, parent)?.isDirectory())
    throw wrong(`${shown(path)}: the folder ${parent} does not exist`, `create it: mkdir -p ${parent}`);
}

function checkEmpty(path: string, folder: string): void {
  const names = readdirSync(folder);
  const [first] = names;
  if (first === undefined) return;
  const count = names.length === 1 ? 'one file' : `${names.length} files`;
  throw wrong(
    `${shown(path)}, which holds ${count} (${shown(first)}${names.length > 1 ? ', …' : ''})`,
    'name another one, or empty it: recordings of two tests are not mixed, and nothing is deleted',
  );
}

function statIfAny(path: string, folder: string) {
  try {
    return statSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw wrong(`${shown(path)}, which cannot be looked at (${code})`, 'name another folder');
  }
}

function wrong(given: string, fix: string): UsageError {
  return new UsageError({ option: 'record', expected: 'a new or an empty folder', given, fix });
}
