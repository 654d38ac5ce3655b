import { resolve } from 'node:path';
import type { Report } from '../../reports/report.js';
import { prepare } from '../../reports/write.js';
import type { Requirement } from '../../suites/requirement.js';
import { UsageError } from '../errors.js';
import type { Output } from './io.js';
import type { Presentation } from './run-arguments.js';

/** A report could not be written after all (a full disk): a fault, but of the machine. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

/** The reports beside the terminal's. */
export interface ReportFiles {
  readonly usesStandardOutput: boolean;
  /** Writes them all; what one cannot be written for does not keep the others from being written. */
  commit(report: Report, strict: boolean, requirements: readonly Requirement[]): Promise<void>;
}

/** Checks the places of all reports; nothing is written there yet. */
export async function prepareReports(shown: Presentation, stdout: Output): Promise<ReportFiles> {
  checkTwoPlaces(shown);
  const open = (path: string | undefined, option: string) =>
    path === undefined ? undefined : prepare(path, option, stdout);
  const json = open(shown.json, '--json');
  const junit = open(shown.junit, '--junit');
  return {
    usesStandardOutput: shown.json === '-' || shown.junit === '-',
    async commit(report, strict, requirements) {
      const results = await Promise.allSettled([
        json && import('../../reports/json.js').then(({ toJson }) => json.commit(toJson(report))),
        junit &&
          import('../../reports/junit/junit.js').then(({ toJunit }) =>
            junit.commit(toJunit(report, { strict, requirements })),
          ),
      ]);
      const lost = results.flatMap((result, place) =>
        // That the reader of standard output has gone is an interruption, and told elsewhere.
        result.status === 'rejected' && result.reason?.code !== 'EPIPE'
          ? [`${place === 0 ? `--json ${shown.json}` : `--junit ${shown.junit}`}: ${reasonOf(result.reason)}`]
          : [],
      );
      if (lost.length > 0) throw new OutputError(`a report could not be written: ${lost.join('; ')}`);
    },
  };
}

/** Node puts the call and the path of a temporary file into the message: that helps nobody. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/, (open|write|fsync|rename|close)\b.*$/s, '');
}

function checkTwoPlaces({ json, junit }: Presentation): void {
  if (json === undefined || junit === undefined) return;
  const place = (path: string) => (path === '-' ? path : resolve(path));
  if (place(json) !== place(junit)) return;
  throw new UsageError({
    option: 'junit',
    expected: 'another place than that of --json',
    given: json === junit ? `${junit} for both` : `${junit}, which is the same file as ${json}`,
    fix: 'name two different files; at most one of them can be - (standard output)',
  });
}
