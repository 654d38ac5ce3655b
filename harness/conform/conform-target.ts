import type { OnProgress } from '../../reports/progress.js';
import type { Report } from '../../reports/report.js';
import { UntestableError } from '../errors.js';
import { kindOf } from '../kinds.js';
import type { Settings } from '../options/settings.js';
import { withSession } from '../session.js';
import { ownSuitesOf, withOwn } from '../suite/with-own.js';

/** What a caller may watch and stop. */
export interface ConformHooks {
  /** Called as things happen: the plan, each finished run. Must not throw. */
  readonly onProgress?: OnProgress;
  /** Ends everything that was started, and resolves with what is known so far and the outcome `interrupted`. */
  readonly signal?: AbortSignal;
}

/** From validated settings to the report, for every kind of target. */
export async function conformTarget(settings: Settings, hooks: ConformHooks): Promise<Report> {
  // Before anything is started: a suite that is not right is wrong usage.
  const own = await ownSuitesOf(settings);
  const startedAt = new Date();
  const abort = hooks.signal ?? new AbortController().signal;
  return withSession(settings, abort, async (session) => {
    const onProgress = hooks.onProgress ?? (() => {});
    onProgress({ type: 'surveying', command: settings.target.command });
    // Loading is a good part of a short suite: the fleet starts while this is loaded, and the target while the rest is.
    const kind = kindOf(settings.kind);
    const survey = await kind.survey();
    const load = () => Promise.all([import('./play-and-judge.js'), kind.play()]);
    const surveyed = await survey(session, settings, () => {
      load().catch(() => {});
    }).catch((error: unknown) => {
      if (error instanceof UntestableError) return error;
      if (abort.aborted) return new UntestableError('It was interrupted.');
      throw error;
    });
    const [{ playAndJudge }, builtIn] = await load();
    const suite = await withOwn(builtIn, settings.kind, own);
    return playAndJudge({ suite, settings, session, startedAt, surveyed, onProgress });
  });
}
