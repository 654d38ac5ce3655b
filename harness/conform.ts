import type { OnProgress } from '../reports/progress.js';
import type { Report } from '../reports/report.js';
import { UntestableError } from './errors.js';
import type { ConformOptions } from './options/options.js';
import { validateOptions } from './options/validate.js';
import { withSession } from './session.js';

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
    onProgress({ type: 'surveying', command: settings.target.command });
    // Loading is a good part of a short suite: the fleet starts while this is loaded, and the target while the rest is.
    const { survey } = await import('./survey/survey.js');
    const load = () => import('./conform/play-and-judge.js');
    const surveyed = await survey(session, settings.promise, settings.plan.clients, () => {
      load().catch(() => {});
    }).catch((error: unknown) => {
      if (error instanceof UntestableError) return error;
      if (abort.aborted) return new UntestableError('It was interrupted.');
      throw error;
    });
    const { playAndJudge } = await load();
    return playAndJudge({ settings, session, startedAt, surveyed, onProgress });
  });
}
