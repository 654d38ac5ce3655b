import type { Report, Verdict } from '../../reports/report.js';
import type { RequirementText } from '../../reports/requirement-text.js';
import { failureBlock } from '../../reports/terminal/failure.js';
import { viewOf } from '../../reports/terminal/view.js';
import { printable, shellWord } from '../../reports/text/printable.js';
import { labelled, wrap } from '../../reports/text/wrap.js';

/** Vitest indents nothing and wraps nothing, and its workers do not know the terminal: the usual width. Colours are its own. */
const columns = 80;

export interface TextOptions {
  readonly requirements: readonly RequirementText[];
  readonly strict: boolean;
  /** The user's test file, relative to the working directory. */
  readonly file: string;
  /** The name of the `describe` of this target. */
  readonly suite: string;
}

/** What the terminal shows of a failure, with the command of Vitest that plays it again; of a warning less. */
export function failureText(report: Report, verdict: Verdict, options: TextOptions): string {
  const { requirement, level } = verdict;
  const view = viewOf(report, options.requirements, {
    columns,
    color: false,
    strict: options.strict,
    verbose: false,
    quiet: false,
    again: (runs) => [vitestCommand(options, runs, requirement)],
  });
  const [, ...lines] = failureBlock(view, { requirement, level, verdicts: [verdict] });
  return [`${requirement} failed (${level})`, ...lines].join('\n').trimEnd();
}

/** What a MUST leaves open, and why. */
export function untestedText({ requirement, level, run, message }: Verdict, options: TextOptions): string {
  const text = options.requirements.find(({ id }) => id === requirement);
  const lines = [
    `${requirement} was not tested (${level})`,
    ...(text ? [...wrap(text.statement, columns, 2), ''] : []),
    ...labelled('run', run, columns),
    ...labelled('why not', message, columns),
    ...labelled('again', vitestCommand(options, [run], requirement), Number.POSITIVE_INFINITY),
  ];
  return lines.join('\n');
}

/** Why nothing was judged. */
export function untestableText({
  reason,
  outcome,
  output = [],
}: Pick<Report, 'reason' | 'outcome' | 'output'>): string {
  const lines = output.map((line) => `  | ${printable(line)}`);
  const said = lines.length > 0 ? ['The last lines of its output:', ...lines] : [];
  return [printable(reason ?? `the outcome is "${outcome}"`), ...said].join('\n');
}

/**
 * Plays this verdict again, and nothing else. `-t` is a regular expression, found anywhere in the names of the suites and
 * the test, with blanks between them, and since Vitest 5 with ` > `. The dots of ids are left as they are: they match
 * themselves.
 */
export function vitestCommand(
  { file, suite }: Pick<TextOptions, 'file' | 'suite'>,
  runs: readonly string[],
  requirement: string,
): string {
  const names = runs.map(asPattern);
  const run = names.length === 1 ? names[0] : `(${names.join('|')})`;
  return `npx vitest run ${shellWord(file)} -t ${shellWord(`${asPattern(suite)} (> )?${run} (> )?${requirement}`)}`;
}

function asPattern(name: string): string {
  return name.replace(/[*+?^${}()|[\]\\]/g, '\\$&');
}
