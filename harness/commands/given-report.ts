import { readFileSync } from 'node:fs';
import { parseReport, ReportFormatError } from '../../reports/read.js';
import type { Report } from '../../reports/report.js';
import { shown, UsageError } from '../errors.js';

/**
 * A report that somebody names on the command line.
 *
 * @param option - what the user wrote, for the message
 * @throws UsageError where there is no such file, or no report in it
 */
export function readGivenReport(path: string, option: string): Report {
  try {
    return parseReport(readFileSync(path, 'utf8'));
  } catch (error) {
    const expected = 'a JSON report of signal-conformance, as --json writes it';
    if (error instanceof ReportFormatError)
      throw new UsageError({ option, expected, given: `${shown(path)}, ${error.given}`, fix: error.fix });
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError({
      option,
      expected,
      given: `${shown(path)}, which cannot be read (${code})`,
      fix: code === 'ENOENT' ? 'name a file that exists' : 'name a file that can be read',
    });
  }
}
