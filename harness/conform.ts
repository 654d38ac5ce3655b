import type { OnProgress } from '../reports/progress.js';
import type { Report } from '../reports/report.js';
import { requirements } from '../suites/catalogue.js';
import { planRuns } from '../suites/plan.js';
import { allScenarios } from '../suites/scenarios/all.js';
import { finishedReport, interruptedReport, untestableReport } from './conform/assemble.js';
import { judgeRuns } from './conform/judge-runs.js';
import { playAll } from './conform/play-all.js';
import { reportSurvey } from './conform/report-survey.js';
import { UntestableError } from './errors.js';
import type { ConformOptions } from './options/options.js';
import type { Settings } from './options/settings.js';
import { validateOptions } from './options/validate.js';
import type { Recording } from './recording/recording.js';
import { withSession } from './session.js';
import { survey } from './survey/survey.js';

/** What a caller may watch and stop. */
export interface ConformHooks {
  /** Called as things happen: the plan, each finished run. Must not throw. */
  readonly onProgress?: OnProgress;
  /** Ends everything that was started, and resolves with what is known so far and the outcome `interrupted`. */
  readonly signal?: AbortSignal;
}

/**
 * Tests how a server handles signals: the same as the command `signal-conformance`, with the JSON report as its value.
 *
 * Starts the target many times, connects clients, sends signals at observed moments, and judges what happened. It
 * takes about as long as its longest run (a little more than the deadline), or as starting all instances takes.
 * Nothing that it starts outlives the call. A target that could not be tested (it did not start, or never answered)
 * is no error: the report's `outcome` is `untested`, and its `reason` says why.
 *
 * @param command - the target's program and arguments; never a shell's string. `{port}` is replaced by its port.
 * @param options - the contract and how to play; every option has a default. Durations are strings with a unit
 * (`'5s'`), or numbers of milliseconds.
 * @param hooks - progress, and an `AbortSignal` to stop with
 * @throws UsageError before anything is started, when an option or the command is wrong, or a pattern matches nothing
 * @example
 * const report = await conform(['node', 'server.js'], { deadline: '5s' });
 * if (report.outcome !== 'conformant') process.exitCode = 1;
 */
export async function conform(
  command: readonly string[],
  options: ConformOptions = {},
  hooks: ConformHooks = {},
): Promise<Report> {
  const settings = validateOptions(command, options);
  const startedAt = new Date();
  const abort = hooks.signal ?? new AbortController().signal;
  return withSession(settings.target, abort, async (session) => {
    const onProgress = hooks.onProgress ?? (() => {});
    const base = { settings, session, startedAt };
    onProgress({ type: 'surveying', command: settings.target.command });
    const surveyed = await survey(session, settings.promise, settings.plan.clients).catch(
      (error: unknown) => {
        if (error instanceof UntestableError || abort.aborted) return error as Error;
        throw error;
      },
    );
    if (abort.aborted)
      return interruptedReport({ ...base, surveyed: undefined, plan: undefined, played: [] });
    if (surveyed instanceof Error) return untestableReport(base, surveyed as UntestableError);
    const { protocol } = surveyed.contract;
    onProgress({ type: 'surveyed', survey: reportSurvey(surveyed, session), protocol });
    const plan = planFor(settings, surveyed);
    onProgress({ type: 'planned', runs: plan.runs.map(({ id, expectedMs }) => ({ id, expectedMs })) });
    const judged = requirements.filter(({ id }) => plan.judges(id));
    const judge = (recordings: readonly Recording[]) => judgeRuns(recordings, judged);
    const { played, judged: verdicts } = await playAll({
      session,
      surveyed,
      plan,
      settings,
      judge,
      onProgress,
    });
    const all = { ...base, surveyed, plan, played };
    return abort.aborted ? interruptedReport(all, verdicts) : finishedReport(all, verdicts);
  });
}

/** @throws UsageError when a pattern of `--only` or `--skip` matches nothing */
export function planFor(settings: Settings, surveyed: Parameters<typeof reportSurvey>[0]) {
  const { slowPath } = settings.target;
  const ids = requirements.map(({ id }) => id);
  return planRuns(allScenarios, ids, settings.plan, {
    contract: surveyed.contract,
    survey: surveyed,
    slowPath,
  });
}
