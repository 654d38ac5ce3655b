import type { OnProgress } from '../../reports/progress.js';
import type { Report } from '../../reports/report.js';
import { shardRemark } from '../../reports/shards.js';
import { planRuns } from '../../suites/plan.js';
import { type ShardPlan, shardPlan } from '../../suites/shards.js';
import { UntestableError } from '../errors.js';
import { type Isolation, inWords } from '../isolation/isolation.js';
import type { Suite } from '../kinds.js';
import type { Settings } from '../options/settings.js';
import type { Recording } from '../recording/recording.js';
import type { Session } from '../session.js';
import type { Surveyed } from '../survey/surveyed.js';
import { lackingDeliveries } from '../target/lacking-deliveries.js';
import { finishedReport, interruptedReport, untestableReport } from './assemble.js';
import { type JudgedVerdict, judgeRuns } from './judge-runs.js';
import { type PlayAllOptions, playAll } from './play-all.js';
import { reportSurvey } from './report-survey.js';
import { confirmFirstPlace, gridRemark } from './start-grid.js';

export interface PlayAndJudgeOptions {
  readonly suite: Suite;
  readonly settings: Settings;
  readonly session: Session;
  readonly startedAt: Date;
  /** Or why the target cannot be tested. */
  readonly surveyed: Surveyed | UntestableError;
  readonly onProgress: OnProgress;
}

/**
 * From the survey to the report.
 *
 * @throws UsageError when a pattern of `--only` or `--skip` matches nothing
 */
export async function playAndJudge(options: PlayAndJudgeOptions): Promise<Report> {
  const { settings, session, startedAt, surveyed, onProgress } = options;
  const { abort } = session;
  const base = { settings, session, startedAt };
  if (abort.aborted) return interruptedReport({ ...base, surveyed: undefined, plan: undefined, played: [] });
  if (surveyed instanceof UntestableError) return untestableReport(base, surveyed);
  const { protocol } = surveyed.contract;
  onProgress({ type: 'surveyed', survey: reportSurvey(surveyed, session), protocol });
  const found = await suiteFor(settings, session, options.suite, surveyed).catch((error: unknown) => {
    if (error instanceof UntestableError) return error;
    throw error;
  });
  if (found instanceof UntestableError) return untestableReport(base, found);
  const suite = found;
  const plan = await planFor(settings, surveyed, suite);
  onProgress({ type: 'planned', runs: plan.runs.map(({ id, expectedMs }) => ({ id, expectedMs })) });
  const judged = suite.requirements.filter(({ id }) => plan.judges(id));
  const judge = (recordings: readonly Recording[]) => judgeRuns(recordings, judged);
  const isolation = await isolationOf(settings, session, surveyed, plan).catch((error: unknown) => {
    if (error instanceof UntestableError) return error;
    throw error;
  });
  if (isolation instanceof UntestableError) return untestableReport(base, isolation);
  const { openStage } = suite;
  const namespaces = isolation?.namespaces;
  const playing = { session, surveyed, plan, openStage, settings, namespaces, judge, onProgress };
  const { played, judged: all, outside } = await playAll(playing).finally(() => namespaces?.end());
  const isPart = (settings.plan.shard?.of ?? 1) > 1;
  const verdicts = isPart ? judgeRuns(played, judged, { isPart }) : all;
  const failing =
    settings.plan.sweep.length > 0
      ? await failingPlaces(playing, verdicts)
      : [...gridRemark(played), ...(await confirmFirstPlace(playing, played, verdicts))];
  const { shard } = settings.plan;
  const part = shard === undefined ? [] : [shardRemark(shard, played.length, plan.planned.length)];
  const remarks = [...(suite.remarks ?? []), ...idleIsolation(settings, surveyed), ...failing, ...part];
  const parts = {
    ...base,
    surveyed,
    plan,
    played,
    isolation: isolation && inWords(isolation, outside),
    remarks,
  };
  return abort.aborted ? interruptedReport(parts, verdicts) : finishedReport(parts, verdicts);
}

/** Undefined where each run has a port of its own, or where it is not a server that is tested. */
async function isolationOf(
  settings: Settings,
  session: Session,
  surveyed: Surveyed,
  { runs }: ShardPlan<unknown>,
): Promise<Isolation | undefined> {
  if (settings.kind !== 'server' || surveyed.ports !== 'fixed') return undefined;
  const { isolate } = await import('../isolation/isolate.js');
  return isolate(session, settings, surveyed, runs.length);
}

/** Whoever demands namespaces is to know where none were used. */
function idleIsolation({ plan }: Settings, { ports }: Surveyed): string[] {
  return plan.isolation === 'namespace' && ports !== 'fixed'
    ? ['--isolation namespace had no effect: it is for a target that always listens on the same port.']
    : [];
}

async function failingPlaces(playing: PlayAllOptions, verdicts: readonly JudgedVerdict[]): Promise<string[]> {
  const { describeFailures } = await import('../sweep/describe-failures.js');
  return describeFailures(playing, verdicts);
}

/**
 * What is played: the scenarios of the target's kind, or with `--sweep` the places of these system calls.
 *
 * @throws UntestableError where the sweep cannot be made on this machine
 */
export async function suiteFor(
  settings: Settings,
  session: Session,
  suite: Suite,
  surveyed: Surveyed,
): Promise<Suite> {
  if (settings.plan.sweep.length === 0) return suite;
  const { sweepSuite } = await import('../sweep/sweep-suite.js');
  return sweepSuite(suite, session, settings, surveyed);
}

/** @throws UsageError when a pattern of `--only` or `--skip` matches nothing */
export async function planFor(
  settings: Settings,
  surveyed: Surveyed,
  suite: Suite,
): Promise<ShardPlan<unknown>> {
  const { slowPath } = settings.target;
  const ids = suite.requirements.map(({ id }) => id);
  const whole = planRuns(suite.scenarios, ids, settings.plan, {
    contract: surveyed.contract,
    survey: surveyed,
    slowPath,
    signalTo: settings.plan.signalTo,
    lacking: await lackingDeliveries(settings.kind, settings.plan, settings.target.env),
  });
  const judged = ids.filter(whole.judges);
  const isChosen = judged.length < ids.length || settings.plan.sweep.length > 0;
  return { ...shardPlan(whole, settings.plan), ...(isChosen ? { judged } : {}) };
}
