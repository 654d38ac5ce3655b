import { exitStatus } from '../exit-status.js';
import type { FormatContext } from '../formats.js';
import { gateResult, type Standing } from '../gate.js';
import type { Report, Verdict } from '../report.js';
import { counted, failures, few } from '../terminal/view.js';
import { oneLine, printable } from '../text/printable.js';
import { workflowCommand } from './workflow-commands.js';

/** GitHub shows no more of each level for a step. */
const mostOfLevel = 10;

interface Annotation {
  readonly level: 'error' | 'warning';
  readonly requirement: string;
  readonly title: string;
  readonly message: string;
}

type Verdicts = readonly [Verdict, ...Verdict[]];

/**
 * The workflow commands by which GitHub shows a report: an error for each requirement that fails the gate, or leaves it
 * open; a warning for what else failed or was not tested. There is an error exactly when the exit status is not 0.
 */
export function annotations(report: Report, context: FormatContext): string {
  const { standing, stale } = gateResult(report, context);
  // What a baseline lists, or an edition did not demand yet, is no news.
  const among = (...wanted: Standing[]) => {
    const verdicts = report.verdicts.filter((verdict) => wanted.includes(standing(verdict)));
    const failed = failures({ ...report, verdicts }).map((group) => group.verdicts);
    return [...failed, ...byRequirement(verdicts.filter(({ outcome }) => outcome === 'untested'))];
  };
  const of = (level: Annotation['level'], word: string, groups: readonly Verdicts[]) =>
    groups.map((group) => annotation(level, word, group, context));
  const all = [
    ...of('error', 'failed', among('fails', 'changed')),
    ...(stale.length > 0 ? [staleAnnotation(stale, context)] : []),
    ...of('error', 'was not tested', among('open')),
    ...of('warning', 'failed', among('warns')),
    ...of('warning', 'was not tested', among('untested')),
  ];
  const blamed = all.some(({ level }) => level === 'error');
  if (report.outcome === 'interrupted' || (!blamed && exitStatus(report, context) !== 0))
    all.unshift(untestable(report));
  return (['error', 'warning'] as const)
    .flatMap((level) => atMost(all.filter((one) => one.level === level)))
    .map(({ level, title, message }) => workflowCommand(level, { title: oneLine(title) }, printable(message)))
    .join('');
}

function annotation(
  level: Annotation['level'],
  word: string,
  [first, ...others]: Verdicts,
  { requirements }: FormatContext,
): Annotation {
  const text = requirements.find(({ id }) => id === first.requirement);
  const lines = [
    text?.statement,
    `${first.run}: ${first.message}`,
    first.expected === undefined ? undefined : `expected: ${first.expected}`,
    first.observed === undefined ? undefined : `observed: ${first.observed}`,
    others.length === 0 ? undefined : `also in: ${few(runsOf(others), 6)}`,
  ];
  const runs = others.length === 0 ? '' : `, in ${counted(others.length + 1, 'run')}`;
  return {
    level,
    requirement: first.requirement,
    title: `${first.requirement} ${word} (${first.level}${runs})`,
    message: lines.filter((line) => line !== undefined).join('\n'),
  };
}

function staleAnnotation(stale: readonly { readonly id: string }[], { baseline }: FormatContext): Annotation {
  const name = baseline?.name ?? 'the baseline';
  const ids = few(
    stale.map(({ id }) => id),
    6,
  );
  const message = `${ids}\nIt was repaired: play again with --update-baseline, which removes it from ${name}.`;
  const title = `${counted(stale.length, 'verdict')} listed in ${name} as failing, and passing`;
  return { level: 'error', requirement: 'stale', title, message };
}

const runsOf = (verdicts: readonly Verdict[]) => verdicts.map(({ run }) => run);

function untestable({ reason, outcome, output = [] }: Report): Annotation {
  const message = [reason ?? `The outcome is "${outcome}".`, ...output].join('\n');
  return { level: 'error', requirement: '', title: `signal-conformance: ${outcome}`, message };
}

/** The last one that is shown tells of those that are not. */
function atMost(list: readonly Annotation[]): Annotation[] {
  const [first] = list;
  if (first === undefined || list.length <= mostOfLevel) return [...list];
  const left = list.slice(mostOfLevel - 1);
  const message = `GitHub shows ${mostOfLevel} of a step. The log has the others: ${left.map(({ requirement }) => requirement).join(', ')}`;
  const title = `signal-conformance: ${left.length} more ${first.level}s`;
  return [...list.slice(0, mostOfLevel - 1), { level: first.level, requirement: '', title, message }];
}

function byRequirement(verdicts: readonly Verdict[]): Verdicts[] {
  const groups = new Map<string, [Verdict, ...Verdict[]]>();
  for (const verdict of verdicts) {
    // The level too: it can differ from run to run.
    const key = `${verdict.level} ${verdict.requirement}`;
    const group = groups.get(key);
    if (group) group.push(verdict);
    else groups.set(key, [verdict]);
  }
  return [...groups.values()];
}
