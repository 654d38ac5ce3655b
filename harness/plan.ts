import type { ReportSurvey } from '../reports/report.js';
import { planFor, suiteFor } from './conform/play-and-judge.js';
import { reportSurvey } from './conform/report-survey.js';
import { kindOf } from './kinds.js';
import type { Settings } from './options/settings.js';
import { withSession } from './session.js';
import { ownSuitesOf, withOwn } from './suite/with-own.js';

/** What would be played, and how long that takes at least. */
export interface PlanReport {
  readonly survey: ReportSurvey;
  readonly protocol: string;
  readonly runs: readonly { readonly id: string; readonly title: string; readonly expectedMs: number }[];
  readonly notPlayed: readonly { readonly id: string; readonly reason: string }[];
  /** Ids of those that would be judged. */
  readonly requirements: readonly string[];
  /** The longest run, or the time to start all targets on all cores, whichever is longer. */
  readonly lowerBoundMs: number;
  /** Which part of the suite this is, and how many runs the whole has. */
  readonly shard?: { readonly index: number; readonly of: number; readonly planned: number };
}

/**
 * Surveys the target, which starts it once, and plans without playing.
 *
 * @throws UsageError when a pattern of `--only` or `--skip` matches nothing
 * @throws UntestableError when the target does not start or never answers
 */
export async function dryRun(
  settings: Settings,
  abort: AbortSignal = new AbortController().signal,
): Promise<PlanReport> {
  const own = await ownSuitesOf(settings);
  return withSession(settings, abort, async (session) => {
    const kind = kindOf(settings.kind);
    const surveyed = await (await kind.survey())(session, settings);
    const suite = await suiteFor(
      settings,
      session,
      await withOwn(await kind.play(), settings.kind, own),
      surveyed,
    );
    const plan = await planFor(settings, surveyed, suite);
    const runs = plan.runs.map(({ id, script, expectedMs }) => ({ id, title: script.title, expectedMs }));
    const longestMs = Math.max(0, ...runs.map(({ expectedMs }) => expectedMs)) + surveyed.startMs;
    const startingMs = (runs.length * surveyed.startMs) / session.cores;
    return {
      survey: reportSurvey(surveyed, session),
      protocol: surveyed.contract.protocol,
      runs,
      notPlayed: plan.notPlayed,
      requirements: suite.requirements.map(({ id }) => id).filter(plan.judges),
      lowerBoundMs: Math.max(longestMs, startingMs),
      ...(settings.plan.shard ? { shard: { ...settings.plan.shard, planned: plan.planned.length } } : {}),
    };
  });
}
