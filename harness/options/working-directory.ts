import { type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { shown, UsageError } from '../errors.js';

/** The absolute path of an existing directory; the current one where none is given. */
export function parseWorkingDirectory(option: string, value: string | undefined): string {
  const path = resolve(value ?? '.');
  const found = value === '' ? undefined : statOf(path);
  if (found?.isDirectory()) return path;
  throw new UsageError({
    option,
    expected: 'an existing directory',
    given: shown(value),
    fix:
      found === undefined
        ? `${path} does not exist or may not be entered`
        : `it is a file: write ${dirname(path)}`,
  });
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined; // whatever the reason (ENOENT, ENOTDIR, EACCES), no process can be started in it
  }
}
