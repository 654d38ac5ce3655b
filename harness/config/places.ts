import { resolve } from 'node:path';
import { shown, UsageError } from '../errors.js';

const placeholder = '{target}';

/** A path with the name of the target in it, from a folder; `-` stays standard output. */
export function placeFor(option: string, path: string, name: string | undefined, folder: string): string {
  if (path === '-') return path;
  if (name === undefined && path.includes(placeholder))
    throw new UsageError({
      option,
      expected: `a path; ${placeholder} in it is the name of a target`,
      given: `${shown(path)} for a target that has no name`,
      fix: 'leave it out, or give the target a name, in targets',
    });
  // An empty one is refused where it is opened.
  return path === '' ? path : resolve(folder, path.replaceAll(placeholder, name ?? ''));
}

/** One report of one target. */
export interface Reporting {
  readonly name: string;
  readonly option: string;
  readonly path: string;
}

/** Two reports at one place would be one: the second, and the first with which it collides. */
export function collision(reports: readonly Reporting[]): readonly [Reporting, Reporting] | undefined {
  for (const [index, one] of reports.entries()) {
    const other = reports.slice(0, index).find(({ path }) => path === one.path);
    if (other !== undefined) return [one, other];
  }
  return undefined;
}

/** What a collision of two targets' reports is told as. */
export function collides([one, other]: readonly [Reporting, Reporting]): UsageError {
  const isOutput = one.path === '-';
  return new UsageError({
    option: one.option,
    expected: isOutput ? 'a file for each target' : 'a file of its own for each target',
    given: isOutput
      ? '- (standard output) for several targets'
      : `${shown(one.path)} for ${other.name} and for ${one.name}`,
    fix: isOutput
      ? `write a file name with ${placeholder} in it, or choose one target by --target`
      : `put ${placeholder} into its name, which becomes the name of the target, or choose one target by --target`,
  });
}
