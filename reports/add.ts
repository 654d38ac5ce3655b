import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { type ReportFile, ReportPathError } from './write.js';

/**
 * A place that others write to as well, such as the summary of a GitHub step: what is there stays, and the report is
 * added behind it ("Adding a job summary" in GitHub's workflow commands: `>>` adds, `>` overwrites). That it can be
 * written is known before the first run; nothing is written until the report is.
 *
 * @throws ReportPathError where it cannot be written
 */
export function prepareAddition(path: string, option: string): ReportFile {
  try {
    // Opening for appending makes the file where it is not there yet, as GitHub's runner does.
    fs.closeSync(fs.openSync(path, 'a'));
  } catch (error) {
    throw new ReportPathError(
      `${option}: expected a file that can be added to, given ${JSON.stringify(path)}: ${problem(error, path)}`,
    );
  }
  return { path, commit: async (text) => fs.appendFileSync(path, separator(path) + text, { flush: true }) };
}

/** A blank line, without which Markdown would go on with the paragraph or the table before. */
function separator(path: string): string {
  // A pipe or a terminal cannot be read without waiting.
  if (!fs.statSync(path).isFile()) return '';
  const former = fs.readFileSync(path, 'utf8');
  if (former === '' || former.endsWith('\n\n')) return '';
  return former.endsWith('\n') ? '\n' : '\n\n';
}

function problem(error: unknown, path: string): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT')
    return `the folder ${dirname(path)} does not exist; GITHUB_STEP_SUMMARY names it: is this a container without the runner's folders?`;
  if (code === 'EISDIR') return 'it is a folder; name a file';
  return `it cannot be opened (${code}); name another file`;
}
