import { duration } from '../../suites/facts/time.js';
import type { Report } from '../report.js';
import type { RequirementText } from '../requirement-text.js';
import { printable, shellWord } from '../text/printable.js';
import { clip } from '../text/width.js';
import { wrap } from '../text/wrap.js';
import { knownSection, laterSection, staleSection, unlisted, unusedSection } from './accepted.js';
import { conclusion, counts } from './conclusion.js';
import { failureBlock } from './failure.js';
import { notApplicableSection, remarksSection, untestedSection } from './open.js';
import { table } from './table.js';
import { failures, type ResultOptions, type View, viewOf } from './view.js';

/**
 * The result for people: failures, what was not tested and why, a table of areas, counts, and the outcome in one
 * sentence at the end, where a terminal stands still. With `--quiet` only headings and that sentence. What a target
 * wrote is made printable: it is never interpreted by the reader's terminal.
 */
export function renderResult(
  report: Report,
  requirements: readonly RequirementText[],
  options: ResultOptions,
): string {
  const view = viewOf(report, requirements, options);
  const blocks = failures(unlisted(view)).flatMap((group) => failureBlock(view, group));
  const lines = options.quiet
    ? [...blocks, ...untestedSection(view), ...staleSection(view), ...conclusion(view)]
    : [
        ...header(view),
        ...lastWords(view),
        ...blocks,
        ...untestedSection(view),
        ...knownSection(view),
        ...laterSection(view),
        ...staleSection(view),
        ...notApplicableSection(view),
        ...table(view),
        ...remarksSection(view),
        ...unusedSection(view),
        ...counts(view),
        '',
        ...conclusion(view),
      ];
  return `${lines.join('\n')}\n`;
}

/** What was tested, in words. */
export function kindInWords(kind: Report['target']['kind'], protocol: string): string {
  switch (kind) {
    case 'program':
      return 'a program';
    case 'client':
      return `a client of ${protocol} servers`;
    case 'pair':
      return `a pair, ${protocol}`;
    default:
      return protocol;
  }
}

/** What was tested: enough to know, in a log of many jobs, what the following is about. */
function header({ report, columns, paint }: View): string[] {
  const { kind, command, client = [], protocol, contract } = report.target;
  const words = client.length > 0 ? [...command, '--', ...client] : command;
  const where = report.survey.addresses.length > 0 ? ` on ${report.survey.addresses.join(', ')}` : '';
  const facts = [
    `${kindInWords(kind, protocol)}${kind === 'server' || kind === 'pair' ? where : ''}`,
    `stops on ${contract.stopSignals.join(', ')}`,
    `deadline ${duration(contract.deadlineMs)}`,
  ];
  return [
    ...wrap(`signal-conformance ${report.version}: ${words.map(shellWord).join(' ')}`, columns, 0, 2).map(
      paint.bold,
    ),
    // Before the survey nothing is known of it.
    ...(report.survey.startMs > 0 ? wrap(facts.join('; '), columns, 0, 2) : []),
    '',
  ];
}

/** What a target said that could not be tested: mostly it says there why. */
function lastWords({ report, columns }: View): string[] {
  if (report.output === undefined || report.output.length === 0) return [];
  const lines = report.output.map((line) => `  | ${clip(printable(line), columns - 4)}`);
  return ['The last lines of its output:', ...lines, ''];
}
