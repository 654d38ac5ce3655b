import type { OnProgress } from '../../reports/progress.js';
import type { Report } from '../../reports/report.js';
import { type Plan, planRuns } from '../../suites/plan.js';
import { UntestableError } from '../errors.js';
import type { Kind } from '../kinds.js';
import type { Settings } from '../options/settings.js';
import type { Recording } from '../recording/recording.js';
import type { Session } from '../session.js';
import type { Surveyed } from '../survey/surveyed.js';
import { finishedReport, interruptedReport, untestableReport } from './assemble.js';
import { judgeRuns } from './judge-runs.js';
import { playAll } from './play-all.js';
import { reportSurvey } from './report-survey.js';

/** What is played, where, and how it is judged. */
export type Suite = Awaited<ReturnType<Kind['play']>>;

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
  const { suite, settings, session, startedAt, surveyed, onProgress } = options;
  const { abort } = session;
  const base = { settings, session, startedAt };
  if (abort.aborted) return interruptedReport({ ...base, surveyed: undefined, plan: undefined, played: [] });
  if (surveyed instanceof UntestableError) return untestableReport(base, surveyed);
  const { protocol } = surveyed.contract;
  onProgress({ type: 'surveyed', survey: reportSurvey(surveyed, session), protocol });
  const plan = planFor(settings, surveyed, suite);
  onProgress({ type: 'planned', runs: plan.runs.map(({ id, expectedMs }) => ({ id, expectedMs })) });
  const judged = suite.requirements.filter(({ id }) => plan.judges(id));
  const judge = (recordings: readonly Recording[]) => judgeRuns(recordings, judged);
  const { played, judged: verdicts } = await playAll({
    session,
    surveyed,
    plan,
    openStage: suite.openStage,
    settings,
    judge,
    onProgress,
  });
  const all = { ...base, surveyed, plan, played };
  return abort.aborted ? interruptedReport(all, verdicts) : finishedReport(all, verdicts);
}

/** @throws UsageError when a pattern of `--only` or `--skip` matches nothing */
export function planFor(settings: Settings, surveyed: Surveyed, suite: Suite): Plan<unknown> {
  const { slowPath } = settings.target;
  const ids = suite.requirements.map(({ id }) => id);
  return planRuns(suite.scenarios, ids, settings.plan, {
    contract: surveyed.contract,
    survey: surveyed,
    slowPath,
    signalTo: settings.plan.signalTo,
  });
}
