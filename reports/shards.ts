import { isDeepStrictEqual } from 'node:util';
import { ReportFormatError } from './read.js';
import type { Report, ReportShard } from './report.js';
import { targetWords } from './text/target-words.js';

/** `shard 2 of 3`. */
export const shardInWords = ({ index, of }: Pick<ReportShard, 'index' | 'of'>): string =>
  `shard ${index} of ${of}`;

const partWords = 'This is shard ';

/** What a reader of a part's report has to know. */
export function shardRemark({ index, of }: ReportShard, runs: number, planned: number): string {
  return `${partWords}${index} of ${of}: ${runs} of ${planned} runs. What compares runs is left open until the shards are put together: signal-conformance merge <reports…>.`;
}

/** A report that is named on a command line. */
export interface NamedReport {
  readonly name: string;
  readonly report: Report;
}

/**
 * The parts of one suite, in their order.
 *
 * @throws ReportFormatError where one is none, was not finished, belongs to another suite, is there twice or is missing
 */
export function orderedShards(given: readonly NamedReport[]): readonly NamedReport[] {
  const shards = given.map(shardOf);
  const [first] = shards;
  if (first === undefined) throw new ReportFormatError('no report', 'name the reports of all shards');
  for (const other of shards.slice(1)) checkAlike(first, other);
  const ordered = shards.toSorted((one, other) => one.shard.index - other.shard.index);
  for (const [place, { name, shard }] of ordered.entries()) {
    const former = ordered[place - 1];
    if (former?.shard.index === shard.index)
      throw new ReportFormatError(
        `${shardInWords(shard)} twice: ${former.name} and ${name}`,
        'name each shard once; where one was played again, the later report',
      );
  }
  const there = new Set(ordered.map(({ shard }) => shard.index));
  const missing = Array.from({ length: first.shard.of }, (_, place) => place + 1).filter(
    (index) => !there.has(index),
  );
  if (missing.length > 0)
    throw new ReportFormatError(
      `${shards.length} of ${first.shard.of} shards, without ${few(missing.map((index) => `shard ${index}`))}`,
      'name their reports too; where there is none, that shard was interrupted: play it again',
    );
  checkRuns(first.shard.planned, ordered);
  return ordered;
}

interface NamedShard extends NamedReport {
  readonly shard: ReportShard & { readonly planned: readonly string[] };
}

function shardOf({ name, report }: NamedReport): NamedShard {
  const { shard, outcome, reason } = report;
  if (shard === undefined)
    throw new ReportFormatError(
      `${name}, the report of a whole suite`,
      'leave it out: only reports of --shard are put together',
    );
  const what = `${name}, ${shardInWords(shard)}`;
  const why = reason === undefined ? '' : ` (${reason.replace(/\.$/, '')})`;
  if (outcome === 'interrupted')
    throw new ReportFormatError(`${what}, which was interrupted${why}`, 'play that shard again');
  if (shard.planned === undefined)
    throw new ReportFormatError(
      `${what}, in which the target could not be tested${why}`,
      'repair that, and play that shard again',
    );
  return { name, report, shard: { ...shard, planned: shard.planned } };
}

function checkAlike(first: NamedShard, other: NamedShard): void {
  const differs = (what: string, one: string, another: string, fix: string) =>
    new ReportFormatError(`${what}: ${first.name} ${one}, ${other.name} ${another}`, fix);
  const { target, version, judged } = first.report;
  if (version !== other.report.version)
    throw differs(
      'reports of different versions of signal-conformance',
      version,
      other.report.version,
      'play all shards with the same version',
    );
  if (targetWords(target) !== targetWords(other.report.target))
    throw differs(
      'reports of different targets',
      `has ${targetWords(target)}`,
      `has ${targetWords(other.report.target)}`,
      'name the reports of one target',
    );
  if (!isDeepStrictEqual(target, other.report.target))
    throw differs(
      'reports of different contracts',
      promised(target, other.report.target),
      promised(other.report.target, target),
      'play all shards with the same options',
    );
  if (first.shard.of !== other.shard.of)
    throw differs(
      'reports of different divisions',
      `is ${shardInWords(first.shard)}`,
      `is ${shardInWords(other.shard)}`,
      'name the reports of one division',
    );
  if (!isDeepStrictEqual(judged, other.report.judged))
    throw differs(
      'reports with different requirements',
      `judges ${judged?.length ?? 'all'}`,
      `judges ${other.report.judged?.length ?? 'all'}`,
      'play all shards with the same --only and --skip',
    );
  if (!isDeepStrictEqual(first.shard.planned, other.shard.planned)) throw otherPlan(first, other);
}

/** What the one contract has and the other has not. */
function promised({ contract }: Report['target'], other: Report['target']): string {
  const own = Object.entries(contract).filter(
    ([key, value]) => !isDeepStrictEqual(value, (other.contract as unknown as Record<string, unknown>)[key]),
  );
  return own.length === 0
    ? 'does not say that'
    : `says ${own.map(([key, value]) => `${key} ${JSON.stringify(value)}`).join(', ')}`;
}

function otherPlan(first: NamedShard, other: NamedShard): ReportFormatError {
  const fix =
    'play all shards with the same options, and on machines that can play the same (signal-conformance doctor)';
  for (const [has, lacks] of [
    [first, other],
    [other, first],
  ] as const) {
    const more = has.shard.planned.filter((id) => !lacks.shard.planned.includes(id));
    if (more.length === 0) continue;
    const why = lacks.report.notPlayed.find(({ id }) => id === more[0])?.reason;
    const reason = why === undefined ? '' : ` (not played: ${why})`;
    return new ReportFormatError(
      `reports of different plans: ${few(more)} in ${has.name} is not in ${lacks.name}${reason}`,
      fix,
    );
  }
  return new ReportFormatError(
    `reports of different plans: ${first.name} and ${other.name} have the same runs in another order`,
    fix,
  );
}

/** Every run of the plan is in exactly one part, and nothing else is. */
function checkRuns(planned: readonly string[], shards: readonly NamedShard[]): void {
  const places = new Map<string, string>();
  for (const { name, report } of shards)
    for (const { id } of report.runs) {
      const former = places.get(id);
      if (former !== undefined)
        throw new ReportFormatError(
          `the run ${id} twice: in ${former} and in ${name}`,
          'play all shards with the same --shard-durations, or all without',
        );
      if (!planned.includes(id))
        throw new ReportFormatError(
          `the run ${id} in ${name}, which is not in its plan`,
          'make that report again',
        );
      places.set(id, name);
    }
  const missing = planned.filter((id) => !places.has(id));
  if (missing.length > 0)
    throw new ReportFormatError(
      `reports without ${missing.length === 1 ? 'the run' : 'the runs'} ${few(missing)} of their plan`,
      'play all shards with the same --shard-durations, or all without; a report that was shortened has to be made again',
    );
}

/**
 * What the reports of all parts say together, before their runs are judged together: from the first start to the last
 * end, with the first part's survey. What only one part remarks is said to be its own.
 */
export function togetherOf(
  shards: readonly NamedReport[],
): Pick<
  Report,
  'startedAt' | 'durationMs' | 'target' | 'survey' | 'judged' | 'wholePlan' | 'notPlayed' | 'remarks'
> {
  const [{ report: first }] = shards as readonly [NamedReport, ...NamedReport[]];
  const starts = shards.map(({ report }) => Date.parse(report.startedAt));
  const ends = shards.map(({ report }, place) => (starts[place] ?? 0) + report.durationMs);
  const startedAt = Math.min(...starts);
  const { target, survey, judged, notPlayed } = first;
  const isKnown = shards.every(({ report }) => report.wholePlan !== undefined);
  return {
    startedAt: new Date(startedAt).toISOString(),
    durationMs: Math.max(...ends) - startedAt,
    target,
    survey,
    ...(judged === undefined ? {} : { judged }),
    ...(isKnown ? { wholePlan: shards.every(({ report }) => report.wholePlan) } : {}),
    notPlayed,
    remarks: remarksOf(shards.map(({ report }) => report)),
  };
}

function remarksOf(reports: readonly Report[]): string[] {
  const lists = reports.map(({ remarks }) => remarks.filter((remark) => !remark.startsWith(partWords)));
  // A part without runs has nothing to remark on them.
  const played = lists.filter((_, place) => (reports[place]?.runs.length ?? 0) > 0);
  const isShared = (remark: string) => played.every((list) => list.includes(remark));
  const shared = [...new Set(lists.flat().filter(isShared))];
  const own = lists.flatMap((list, place) =>
    list
      .filter((remark) => !isShared(remark))
      .map((remark) => `${capital(shardInWords(reports[place]?.shard ?? { index: 0, of: 0 }))}: ${remark}`),
  );
  return [...shared, ...own];
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

function few(items: readonly string[]): string {
  return items.length <= 3
    ? items.join(', ')
    : `${items.slice(0, 3).join(', ')} and ${items.length - 3} more`;
}
