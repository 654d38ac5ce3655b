import type { JudgedVerdict } from '../conform/judge-runs.js';
import type { PlayAllOptions } from '../conform/play-all.js';
import { play } from '../stage/play.js';

/** The first failing place is played so often again, alone. */
const more = 4;

/**
 * How many places fail, which is the first, and how often it fails when it is played again: a race that depends on more
 * than the place fails only sometimes.
 */
export async function describeFailures(
  { session, surveyed, plan, openStage, settings, judge }: PlayAllOptions,
  verdicts: readonly JudgedVerdict[],
): Promise<string[]> {
  const failed = new Set(
    verdicts.filter(({ verdict }) => verdict.outcome === 'fail').map(({ verdict }) => verdict.run),
  );
  // The plan's order is that of the places, as all take equally long.
  const first = plan.runs.find(({ id }) => failed.has(id));
  if (first === undefined || session.abort.aborted) return [];
  const { script, expectedMs: _, ...run } = first;
  let times = 1;
  let plays = 1;
  while (plays <= more) {
    const recording = await play({
      session,
      survey: surveyed,
      kind: settings.kind,
      run,
      attempt: 200 + plays,
      clients: 1,
      openStage,
      script: (stage) => script.play(stage),
      startsItself: true,
    });
    // What was interrupted shows how the harness ended it.
    if (session.abort.aborted) break;
    plays += 1;
    if (judge([recording]).some(({ verdict }) => verdict.outcome === 'fail')) times += 1;
  }
  return [
    `The sweep failed at ${failed.size} of ${plan.runs.length} places; the first is ${run.id}, which failed in ${times} of ${plays} plays.`,
  ];
}
