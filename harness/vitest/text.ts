import type { Report, Verdict } from '../../reports/report.js';
import type { RequirementText } from '../../reports/requirement-text.js';
import { failureBlock } from '../../reports/terminal/failure.js';
import { viewOf } from '../../reports/terminal/view.js';
import { printable, shellWord } from '../../reports/text/printable.js';
import { labelled, wrap } from '../../reports/text/wrap.js';

/** Vitest indents nothing and wraps nothing. Colours are its own. */
const columns = 100;

export interface TextOptions {
  readonly requirements: readonly RequirementText[];
  readonly strict: boolean;
  /** The user's test file, relative to the working directory. */
  readonly file: string;
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
    again: (runs) => [vitestCommand(options.file, runs)],
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
    ...labelled('again', vitestCommand(options.file, [run]), Number.POSITIVE_INFINITY),
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

/** `-t` is a regular expression, found anywhere in the names of the suites and the test. */
export function vitestCommand(file: string, runs: readonly string[]): string {
  const pattern = runs.map((run) => run.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return `npx vitest run ${shellWord(file)} -t ${shellWord(pattern)}`;
}
