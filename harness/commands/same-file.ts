import { type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import type { ReportPlaces } from './run-arguments.js';

/** Something that is read, and how a user named it. */
export interface Input {
  readonly name: string;
  readonly path: string;
}

/** Whether two paths lead to one file: also by links, and where it is not there yet. */
export function isSameFile(one: string, other: string): boolean {
  if (one === '-' || other === '-') return one === other;
  if (resolve(one) === resolve(other)) return true;
  const [a, b] = [fileAt(one), fileAt(other)];
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

/** A word of a command may be anything: a whole program after `-c` is longer than a name may be. */
function fileAt(path: string): Stats | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isFile() ? found : undefined;
  } catch {
    return undefined; // nobody can read there, so nothing is read there
  }
}

/**
 * A report at the place of what is read would take its place, and nobody would have it any more.
 *
 * @throws UsageError for the first such report
 */
export function refuseOverInputs(places: ReportPlaces, inputs: readonly Input[]): void {
  for (const [option, place] of Object.entries(places)) {
    const input = inputs.find(({ path }) => place !== undefined && isSameFile(place, path));
    if (input === undefined) continue;
    throw new UsageError({
      option,
      expected: `another place than that of ${input.name}`,
      given: input.path === place ? `${place} for both` : `${place}, which is the same file as ${input.path}`,
      fix: 'name two different files',
    });
  }
}

/** The files that a target's command is made of are read too: a report in the place of one would be the end of it. */
export function withCommand<Shown extends { readonly inputs?: readonly Input[] }>(
  shown: Shown,
  words: readonly string[],
  cwd = '.',
): Shown & { readonly inputs: readonly Input[] } {
  const files = words.map((word) => resolve(cwd, word)).filter((path) => fileAt(path) !== undefined);
  const inputs = files.map((path) => ({ name: 'a file of the command', path }));
  return { ...shown, inputs: [...(shown.inputs ?? []), ...inputs] };
}
