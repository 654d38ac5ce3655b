import { outcomeOf, outcomeOfShard, summaryOf } from '../../reports/outcome.js';
import { recordingsOf } from '../../reports/recordings.js';
import type { Report } from '../../reports/report.js';
import { type NamedReport, togetherOf } from '../../reports/shards.js';
import { isJudgedInSweep } from '../../suites/scenarios/sweep.js';
import { requirementsOf } from '../kinds.js';
import type { Recording } from '../recording/recording.js';
import { version } from '../version.js';
import { mootRuns, mootWords, reportRun } from './assemble.js';
import { judgeRuns } from './judge-runs.js';

/** A report without what follows from its recordings. */
export type Frame = Pick<Report, 'startedAt' | 'durationMs' | 'target' | 'survey' | 'notPlayed' | 'remarks'> &
  Partial<Pick<Report, 'shard' | 'judged' | 'outcome' | 'reason' | 'output'>>;

/**
 * The report that these recordings give by the requirements of this version. Nothing is started. What was interrupted
 * stays so: what was not played is not known, whatever the rest says.
 */
export async function judgeAgain(frame: Frame, recordings: readonly Recording[]): Promise<Report> {
  const { startedAt, durationMs, target, survey, shard, judged, output, notPlayed } = frame;
  const chosen = judged && new Set(judged);
  const isSweep = recordings.some(({ run }) => run.scenario.startsWith('sweep-'));
  const requirements = (await requirementsOf(target.kind)).filter(({ id }) =>
    chosen ? chosen.has(id) : !isSweep || isJudgedInSweep(id),
  );
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
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(output === undefined ? {} : { output }),
    summary: summaryOf(verdicts),
    runs: recordings.map((recording) => reportRun(recording, survey)),
    notPlayed,
    verdicts,
    remarks: withMoot(frame.remarks, mootRuns(recordings, verdicts)),
  };
}

/** The report of all parts of a suite, as if one machine had played it. */
export async function mergeShards(shards: readonly NamedReport[]): Promise<Report> {
  const frame = togetherOf(shards);
  const recordings = new Map(
    shards.flatMap(({ report }) => recordingsOf(report)).map((recording) => [recording.run.id, recording]),
  );
  const inOrder = shards[0]?.report.shard?.planned?.flatMap((id) => recordings.get(id) ?? []) ?? [];
  return judgeAgain(frame, inOrder);
}

/** The remark on runs in which nothing applied follows from the verdicts: a former one is replaced where it stood. */
function withMoot(remarks: readonly string[], moot: readonly string[]): string[] {
  const place = remarks.findIndex((remark) => remark.includes(mootWords));
  const others = remarks.filter((remark) => !remark.includes(mootWords));
  return place === -1 ? [...others, ...moot] : others.toSpliced(place, 0, ...moot);
}
