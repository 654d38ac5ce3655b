import { gateResult } from '../gate.js';
import { failsGate } from '../outcome.js';
import type { Report, Verdict } from '../report.js';
import { type EvidenceLine, evidence } from '../text/evidence.js';
import { oneLine } from '../text/printable.js';
import { fixes } from '../text/remedy.js';
import { clip, pad, width } from '../text/width.js';
import { labelIndent, labelled, wrap } from '../text/wrap.js';
import { terminalPicture } from './picture/picture.js';
import { replayCommand } from './replay.js';
import { counted, few, type Group, type ResultOptions, type View } from './view.js';

/**
 * What a failure looks like: what is demanded, what was expected and observed, the timeline that proves it, why it
 * matters, how to fix it, and how to play it again. A warning says what happened and how to fix it; with `--verbose` all.
 */
export function failureBlock(view: View, group: Group): string[] {
  const [verdict] = group.verdicts;
  const fails = failsGate(verdict, view.options);
  const heading = headingLines(view, group, fails);
  if (view.options.quiet) return heading;
  if (!fails && !view.options.verbose)
    return [...heading, ...what(view, verdict), ...fix(view, verdict, 1), ...alsoIn(view, group), ''];
  return [
    ...heading,
    ...statement(view, verdict),
    '',
    ...what(view, verdict),
    ...expectedAndObserved(view, verdict),
    ...listedAs(view, verdict),
    ...drawing(view, verdict),
    ...timeline(view, verdict),
    '',
    ...why(view, verdict),
    ...fix(view, verdict, 2),
    ...again(view, verdict),
    ...alsoIn(view, group),
    '',
  ];
}

function headingLines({ paint, columns }: View, group: Group, fails: boolean): string[] {
  const word = fails ? paint.red(paint.bold('FAIL')) : paint.yellow(paint.bold('WARN'));
  const runs = group.verdicts.length === 1 ? '' : `, in ${counted(group.verdicts.length, 'run')}`;
  const [first = '', ...rest] = wrap(`${group.requirement}  (${group.level}${runs})`, columns - 6);
  return [`${word}  ${paint.bold(first)}`, ...rest.map((line) => `      ${line}`)];
}

function statement({ requirements, columns }: View, { requirement }: Verdict): string[] {
  const text = requirements.get(requirement);
  return text ? wrap(text.statement, columns, 2) : [];
}

function what({ columns, paint }: View, { run, message }: Verdict): string[] {
  return [...labelled('run', run, columns), ...shortened(labelled('what', message, columns)).map(paint.bold)];
}

function expectedAndObserved({ columns, paint }: View, { expected, observed }: Verdict): string[] {
  return [
    ...(expected === undefined ? [] : shortened(labelled('expected', expected, columns)).map(paint.green)),
    ...(observed === undefined ? [] : shortened(labelled('observed', observed, columns)).map(paint.red)),
  ];
}

/** Where the baseline lists it, and for another reason. */
function listedAs({ columns, report, options }: View, verdict: Verdict): string[] {
  const { entry, standing } = gateResult(report, options);
  const listed = standing(verdict) === 'changed' ? entry(verdict) : undefined;
  return listed === undefined ? [] : shortened(labelled('listed', listed.message, columns));
}

function drawing({ report, columns, paint, options }: View, verdict: Verdict): string[] {
  const rows = terminalPicture(report, verdict, { columns, paint, unicode: options.unicode ?? false });
  return rows.length === 0 ? [] : ['', ...rows];
}

function timeline(view: View, verdict: Verdict): string[] {
  const lines = evidence(view.report, verdict, view.options.verbose ? Number.POSITIVE_INFINITY : 9);
  const timeColumns = Math.max(0, ...lines.map(({ time }) => width(time)));
  const entries = lines.flatMap((line) => timelineEntry(view, line, timeColumns));
  return entries.length === 0 ? [] : ['', ...entries];
}

function timelineEntry({ columns, paint }: View, line: EvidenceLine, timeColumns: number): string[] {
  const indent = timeColumns + 6;
  const [first = '', ...rest] = wrap(line.words, columns, indent, 2);
  return [
    `    ${paint.cyan(pad(line.time, timeColumns, 'left'))}  ${first.slice(indent)}`,
    // Words of the harness are short; what a target wrote is clipped.
    ...rest.slice(0, 3),
    ...line.output.map((text) => ' '.repeat(indent) + paint.dim(`| ${clip(text, columns - indent - 2)}`)),
  ];
}

function why({ columns, requirements }: View, { requirement }: Verdict): string[] {
  const text = requirements.get(requirement);
  return text ? labelled('why', text.because, columns) : [];
}

function fix({ columns, requirements, report }: View, { requirement }: Verdict, limit: number): string[] {
  const text = requirements.get(requirement);
  const lines = text ? fixes(text.remedy, report.target.command) : [];
  return lines.slice(0, limit).flatMap((line, index) => labelled(index === 0 ? 'fix' : '', line, columns));
}

// Not wrapped as text: it must still be a command when it is copied.
function again(view: View, verdict: Verdict): string[] {
  const { columns, paint, report, options } = view;
  const runs = [verdict.run, ...(verdict.comparedWith === undefined ? [] : [verdict.comparedWith])];
  const indent = labelIndent(columns);
  const replayOptions = [...(options.replayOptions ?? []), ...placeOptions(view, verdict)];
  const target = options.isTargetNamed ? { command: [] } : report.target;
  const lines = options.again?.(runs) ?? replayCommand(target, runs, replayOptions, columns - indent);
  const [first = '', ...rest] = lines.map(paint.cyan);
  const margin = ' '.repeat(indent);
  const head = indent > 4 ? [`${pad('  again', indent)}${first}`] : ['  again:', margin + first];
  return [...head, ...rest.map((line) => margin + line)];
}

/** At the same place of its start. */
export function placeOptions(
  { report, options }: { report: Report; options: Pick<ResultOptions, 'replayOptions'> },
  { run }: Verdict,
): string[] {
  const place = report.runs
    .find(({ id }) => id === run)
    ?.events.find((event) => event.type === 'start-place');
  return place === undefined || options.replayOptions?.includes('--seed')
    ? []
    : ['--seed', String(place.seed)];
}

function alsoIn({ columns, options }: View, group: Group): string[] {
  const others = group.verdicts.slice(1).map(({ run }) => oneLine(run));
  if (others.length === 0) return [];
  return labelled('also in', options.verbose ? others.join(', ') : few(others, 12), columns);
}

// A target may write without end; the JSON report has it all.
function shortened(lines: readonly string[]): string[] {
  return lines.length <= 12 ? [...lines] : [...lines.slice(0, 11), `${' '.repeat(labelIndent(0))}…`];
}
