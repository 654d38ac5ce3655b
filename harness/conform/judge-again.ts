import { outcomeOf, outcomeOfShard, summaryOf } from '../../reports/outcome.js';
import { recordingsOf } from '../../reports/recordings.js';
import type { Report } from '../../reports/report.js';
import { type NamedReport, togetherOf } from '../../reports/shards.js';
import type { Requirement } from '../../suites/requirement.js';
import { isJudgedInSweep } from '../../suites/scenarios/sweep.js';
import type { TargetKind } from '../contract/contract.js';
import { requirementsOf } from '../kinds.js';
import type { Recording } from '../recording/recording.js';
import type { LoadedSuite, OwnParts } from '../suite/own-suites.js';
import { ownWords } from '../suite/own-words.js';
import { version } from '../version.js';
import { mootRuns, mootWords, reportRun } from './assemble.js';
import { judgeRuns } from './judge-runs.js';

/** A report without what follows from its recordings. */
export type Frame = Pick<Report, 'startedAt' | 'durationMs' | 'target' | 'survey' | 'notPlayed' | 'remarks'> &
  Partial<Pick<Report, 'shard' | 'judged' | 'wholePlan' | 'outcome' | 'reason' | 'output'>>;

/**
 * The report that these recordings give by the requirements of this version, and by those of suites. Nothing is started.
 * What was interrupted stays so: what was not played is not known, whatever the rest says.
 */
export async function judgeAgain(
  frame: Frame,
  recordings: readonly Recording[],
  suites: readonly LoadedSuite[] = [],
): Promise<Report> {
  const { startedAt, durationMs, target, survey, shard, wholePlan, output, notPlayed } = frame;
  const own = await ownParts(target.kind, suites);
  const { requirements, judged } = await requirementsFor(frame, recordings, own.requirements, suites);
  const verdicts = judgeRuns(recordings, requirements, { isPart: (shard?.of ?? 1) > 1 }).map(
    ({ verdict }) => verdict,
  );
  const interrupted = frame.outcome === 'interrupted' ? { outcome: frame.outcome, reason: frame.reason } : {};
  const { outcome, reason } = { ...(shard ? outcomeOfShard : outcomeOf)(verdicts), ...interrupted };
  return {
    schema: 'signal-conformance/report/1',
    version: version(),
    startedAt,
    durationMs,
    target,
    survey,
    ...(shard === undefined ? {} : { shard }),
    ...(judged === undefined ? {} : { judged }),
    ...(wholePlan === undefined ? {} : { wholePlan }),
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(output === undefined ? {} : { output }),
    summary: summaryOf(verdicts),
    runs: recordings.map((recording) => reportRun(recording, survey)),
    notPlayed,
    verdicts,
    remarks: replaced(
      suites.length === 0 ? frame.remarks : replaced(frame.remarks, ownWords, own.remarks),
      mootWords,
      mootRuns(recordings, verdicts),
    ),
  };
}

async function ownParts(
  kind: TargetKind,
  suites: readonly LoadedSuite[],
): Promise<Pick<OwnParts, 'requirements' | 'remarks'>> {
  if (suites.length === 0) return { requirements: [], remarks: [] };
  return (await import('../suite/own-suites.js')).partsFor(kind, suites);
}

/**
 * Of the requirements that there are now those that the test was asked for. A suite that the test knew nothing of was left
 * out by nobody, and is named now: all of its requirements count.
 */
async function requirementsFor(
  { target, judged }: Pick<Frame, 'target' | 'judged'>,
  recordings: readonly Recording[],
  own: readonly Requirement[],
  suites: readonly LoadedSuite[],
): Promise<Pick<Report, 'judged'> & { readonly requirements: readonly Requirement[] }> {
  const all = [...(await requirementsOf(target.kind)), ...own];
  const isSweep = recordings.some(({ run }) => run.scenario.startsWith('sweep-'));
  if (judged === undefined) return { requirements: all.filter(({ id }) => !isSweep || isJudgedInSweep(id)) };
  const fresh = suites
    .map((suite) => suite.requirements.map(({ id }): string => id))
    .filter((ids) => !ids.some((id) => judged.includes(id)))
    .flat();
  const chosen = [...judged, ...own.map(({ id }) => id).filter((id) => fresh.includes(id))];
  return { judged: chosen, requirements: all.filter(({ id }) => chosen.includes(id)) };
}

/** The report of all parts of a suite, as if one machine had played it. */
export async function mergeShards(
  shards: readonly NamedReport[],
  suites: readonly LoadedSuite[] = [],
): Promise<Report> {
  const frame = togetherOf(shards);
  const recordings = new Map(
    shards.flatMap(({ report }) => recordingsOf(report)).map((recording) => [recording.run.id, recording]),
  );
  const inOrder = shards[0]?.report.shard?.planned?.flatMap((id) => recordings.get(id) ?? []) ?? [];
  return judgeAgain(frame, inOrder, suites);
}

/** Remarks that follow from what is judged now: former ones, which have the same words, are replaced where they stood. */
function replaced(remarks: readonly string[], words: string, fresh: readonly string[]): string[] {
  const place = remarks.findIndex((remark) => remark.includes(words));
  const others = remarks.filter((remark) => !remark.includes(words));
  return place === -1 ? [...others, ...fresh] : others.toSpliced(place, 0, ...fresh);
}
