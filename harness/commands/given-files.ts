import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ReportFormatError } from '../../reports/read.js';
import { shown, UsageError } from '../errors.js';

/** A file that was named on the command line, or lies in a folder that was. */
export interface GivenFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The files that are named, and those of the folders that are: all that end in `.json`, in their order.
 *
 * @param expected - what they should be, for the message
 * @throws UsageError where nothing is named, or something is not there or cannot be read
 */
export function readGivenFiles(paths: readonly string[], expected: string): GivenFile[] {
  if (paths.length === 0) throw wrong('<files>', expected, 'nothing', 'name at least one file or folder');
  return paths
    .flatMap((path) => filesAt(path, expected))
    .map((path) => ({ path, text: read(path, expected) }));
}

/** Parses a file; what is wrong with it is told with its name. */
export function parseGiven<Value>(
  { path, text }: GivenFile,
  expected: string,
  parse: (text: string) => Value,
): Value {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof ReportFormatError) throw wrong(path, expected, error.given, error.fix);
    throw error;
  }
}

function filesAt(path: string, expected: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
    if (names.length > 0) return names.toSorted().map((name) => join(path, name));
  } catch (error) {
    throw unreadable(path, expected, error);
  }
  throw wrong(path, expected, 'a folder without any .json file', 'name the folder that holds them');
}

function read(path: string, expected: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, expected, error);
  }
}

function unreadable(path: string, expected: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const fix = code === 'ENOENT' ? 'name a file that exists' : 'name a file that can be read';
  return wrong(path, expected, `what cannot be read (${code})`, fix);
}

/** The name stands where an option would: it is what the user wrote. */
function wrong(name: string, expected: string, given: string, fix: string): UsageError {
  return new UsageError({ option: name.startsWith('<') ? name : shown(name), expected, given, fix });
}
