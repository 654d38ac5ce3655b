import { duration } from '../../suites/facts/time.js';
import { exitStatus } from '../exit-status.js';
import { type Gate, gateResult } from '../gate.js';
import type { Report, Verdict } from '../report.js';
import { shardInWords } from '../shards.js';
import type { Paint } from '../text/colors.js';
import { wrap } from '../text/wrap.js';
import { counted, type View } from './view.js';

/** `14 runs in 12.4 s; 120 verdicts: 110 passed, 2 failed, 8 not applicable`. */
export function counts({ report, columns }: View): string[] {
  const { pass, fail, warn, untested, notApplicable } = report.summary;
  const verdicts = [
    `${pass} passed`,
    `${fail} failed`,
    warn > 0 && counted(warn, 'warning'),
    untested > 0 && `${untested} untested`,
    notApplicable > 0 && `${notApplicable} not applicable`,
  ].filter((part) => part !== false);
  const runs = `${counted(report.runs.length, 'run')} in ${duration(report.durationMs)}`;
  if (report.verdicts.length === 0) return wrap(`${runs}; no verdicts`, columns, 0, 2);
  return wrap(
    `${runs}; ${counted(report.verdicts.length, 'verdict')}: ${verdicts.join(', ')}`,
    columns,
    0,
    2,
  );
}

/** The outcome in one sentence, and what the exit status means. */
export function conclusion({ report, options, paint, columns }: View): string[] {
  const status = options.isReportLost ? 4 : exitStatus(report, options);
  const style: Paint = status === 0 ? paint.green : status === 1 ? paint.red : paint.yellow;
  const why = options.isReportLost ? ': a report could not be written' : '';
  const ending =
    report.outcome === 'interrupted' || (options.isOneOfSeveral && !options.isReportLost)
      ? ''
      : ` Exit status ${status}${why}.`;
  return wrap(sentence(report, options) + ending, columns, 0, 2).map((line) => paint.bold(style(line)));
}

/** The outcome in one sentence, the same in every report for people. */
export function sentence(report: Report, gate: Gate): string {
  if (report.shard === undefined) return wholeSentence(report, gate);
  const { shard, runs, outcome } = report;
  const part = shardInWords(shard);
  const isClean = outcome === 'conformant' && exitStatus(report, gate) === 0;
  if (!isClean) return `${part}: ${wholeSentence(report, gate)}`;
  if (runs.length === 0)
    return `${part} has no runs: the plan has ${shard.planned?.length ?? 0} for ${shard.of} shards.`;
  return `${part}: no ${gate.strict ? 'MUST and no SHOULD' : 'MUST'} failed in its ${counted(runs.length, 'run')}. Merge the shards for the outcome.`;
}

function wholeSentence(report: Report, gate: Gate): string {
  const { outcome, verdicts } = report;
  const { standing, stale } = gateResult(report, gate);
  const of = (...wanted: string[]) => verdicts.filter((verdict) => wanted.includes(standing(verdict)));
  const failing = of('fails', 'changed');
  const open = of('open');
  const stillOpen = open.length > 0 ? `, and ${spread(open)} could not be tested` : '';
  if (outcome === 'interrupted')
    return `interrupted: ${(report.reason ?? 'not all runs were played').replace(/\.$/, '')}.`;
  const passing = staleWords(stale.length, gate);
  if (failing.length > 0) {
    const isOfMust = failing.some(({ level }) => level === 'MUST');
    const name = isOfMust ? outcome : `${outcome}, but it fails under --strict`;
    return `${name}: ${spread(failing)} failed${beyondBaseline(of('changed').length, failing.length, gate)}${stillOpen}.${passing}`;
  }
  if (passing !== '')
    return `stale:${passing} The target is ${outcome}${asKnown(of('known', 'later-edition').length)}${stillOpen}.`;
  const reason = report.reason === undefined ? '' : ` ${report.reason.replace(/\.$/, '')}`;
  const accepted = acceptedWords(of('known'), of('later-edition'), gate);
  if (open.length > 0 && outcome === 'nonconformant')
    return `nonconformant, as known: ${accepted}${stillOpen}.`;
  if (open.length === 0 && accepted !== '' && exitStatus(report, gate) === 0)
    return outcome === 'conformant' ? `conformant: ${accepted}.` : `${outcome}, as known: ${accepted}.`;
  if (outcome === 'nonconformant') return `nonconformant:${reason || ' a MUST failed'}.`;
  if (outcome === 'untested') return `untested:${reason || ` ${spread(open)} could not be judged`}.`;
  const warnings = report.summary.warn > 0 ? ` (${counted(report.summary.warn, 'warning')})` : '';
  return `conformant: no ${gate.strict ? 'MUST and no SHOULD' : 'MUST'} failed, and no MUST was left untested${warnings}.`;
}

/** Of the failures that count: that they are not known, or known for another reason. */
function beyondBaseline(changed: number, failing: number, { baseline }: Gate): string {
  if (baseline === undefined) return '';
  if (changed === 0) return `, which ${baseline.name} does not list`;
  return changed === failing
    ? `, for another reason than ${baseline.name} lists`
    : `, of which ${baseline.name} lists ${changed}, for another reason`;
}

/** `3 failures are listed in baseline.json`. */
function acceptedWords(
  known: readonly Verdict[],
  later: readonly Verdict[],
  { baseline, edition }: Gate,
): string {
  const are = (verdicts: readonly Verdict[]) => {
    const noun = verdicts.every(({ outcome }) => outcome === 'fail') ? 'failure' : 'verdict';
    return `${counted(verdicts.length, noun)} ${verdicts.length === 1 ? 'is' : 'are'}`;
  };
  const parts = [
    known.length > 0 && `${are(known)} listed in ${baseline?.name}`,
    later.length > 0 && `${are(later)} of requirements that came after ${edition?.year}`,
  ];
  return parts.filter((part) => part !== false).join(', and ');
}

const asKnown = (accepted: number) => (accepted > 0 ? ', as known' : '');

function staleWords(stale: number, { baseline }: Gate): string {
  if (stale === 0) return '';
  const what = stale === 1 ? '1 failure that passes' : `${stale} failures that pass`;
  return ` ${baseline?.name} lists ${what} now: remove ${stale === 1 ? 'it' : 'them'} with --update-baseline.`;
}

/** `2 requirements in 5 runs`. */
function spread(verdicts: readonly Verdict[]): string {
  const distinct = (field: 'requirement' | 'run') => new Set(verdicts.map((verdict) => verdict[field])).size;
  return `${counted(distinct('requirement'), 'requirement')} in ${counted(distinct('run'), 'run')}`;
}
