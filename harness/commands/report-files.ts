import { resolve } from 'node:path';
import { prepareAddition } from '../../reports/add.js';
import { type FormatContext, type FormatName, formatNames, formats } from '../../reports/formats.js';
import type { Report } from '../../reports/report.js';
import { checkPlace, prepare } from '../../reports/write.js';
import { UsageError } from '../errors.js';
import type { Io, Output } from './io.js';
import type { ReportPlaces } from './run-arguments.js';
import { isSameFile } from './same-file.js';

/** A report could not be written after all (a full disk): a fault, but of the machine. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

/** The reports beside the terminal's. */
export interface ReportFiles {
  readonly usesStandardOutput: boolean;
  /** Writes them all; what one cannot be written for does not keep the others from being written. */
  commit(report: Report, context: FormatContext): Promise<void>;
  /** Puts back the reports of an earlier run, where nothing was tested after all; which of them could not be. */
  putBack(): readonly string[];
}

/** Checks the places of all reports; nothing is written there yet. */
export async function prepareReports(
  places: ReportPlaces,
  stdout: Output,
  env: Io['env'] = {},
  named = (name: FormatName) => `--${name}`,
): Promise<ReportFiles> {
  const given = placesGiven(places);
  checkReports(places, env, named);
  const files = given.map(({ name, path }) => {
    const file = isStepSummary(path, env)
      ? prepareAddition(path, named(name))
      : prepare(path, named(name), stdout);
    return { name, path, file };
  });
  return {
    usesStandardOutput: given.some(({ path }) => path === '-'),
    async commit(report, context) {
      const results = await Promise.allSettled(
        files.map(async ({ name, file }) => file.commit((await formats[name]())(report, context))),
      );
      const lost = results.flatMap((result, index) => {
        const { name, path } = files[index] as (typeof files)[number];
        // That the reader of standard output has gone is an interruption, and told elsewhere.
        return result.status === 'rejected' && result.reason?.code !== 'EPIPE'
          ? [`--${name} ${path}: ${reasonOf(result.reason)}`]
          : [];
      });
      if (lost.length > 0) throw new OutputError(`a report could not be written: ${lost.join('; ')}`);
    },
    putBack: () =>
      files.flatMap(({ name, path, file: { former } }) =>
        former === undefined || former.putBack() ? [] : [`${named(name)} ${path}`],
      ),
  };
}

/** Whether all reports can be written; nothing is changed. Where one cannot, no former report is to be lost for it. */
export function checkReports(
  places: ReportPlaces,
  env: Io['env'],
  named = (name: FormatName) => `--${name}`,
): void {
  const given = placesGiven(places);
  checkPlaces(given);
  for (const { name, path } of given) if (!isStepSummary(path, env)) checkPlace(path, named(name));
}

function placesGiven(places: ReportPlaces) {
  return formatNames.flatMap((name) => {
    const path = places[name];
    return path === undefined ? [] : [{ name, path }];
  });
}

/** GitHub's file for the summary of this step, which former commands of the step may have written to. */
function isStepSummary(path: string, { GITHUB_STEP_SUMMARY: summary = '' }: Io['env']): boolean {
  return summary !== '' && path !== '-' && resolve(path) === resolve(summary);
}

/** Node puts the call and the path of a temporary file into the message: that helps nobody. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/, (open|write|fsync|rename|close)\b.*$/s, '');
}

/** Two reports at one place would be one that nobody can read. */
function checkPlaces(given: readonly { readonly name: FormatName; readonly path: string }[]): void {
  for (const [index, { name, path }] of given.entries()) {
    const other = given.slice(0, index).find((former) => isSameFile(former.path, path));
    if (other === undefined) continue;
    throw new UsageError({
      option: name,
      expected: `another place than that of --${other.name}`,
      given: other.path === path ? `${path} for both` : `${path}, which is the same file as ${other.path}`,
      fix: 'name two different files; at most one of them can be - (standard output)',
    });
  }
}
