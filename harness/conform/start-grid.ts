import type { EventOf } from '../recording/events.js';
import type { Recording } from '../recording/recording.js';
import { play } from '../stage/play.js';
import { duration } from '../words.js';
import type { JudgedVerdict } from './judge-runs.js';
import type { PlayAllOptions } from './play-all.js';

/** A reader has to know at which places a target was signalled, and how to have the same ones again. */
export function gridRemark(played: readonly Recording[]): string[] {
  const places = played.flatMap((recording) => placeIn(recording) ?? []);
  const [first] = places;
  if (first === undefined) return [];
  const handler =
    first.handlerMs === undefined ? '' : ` (its handlers were installed after ${duration(first.handlerMs)})`;
  const span = `It listened ${duration(first.spanMs)} after its program was executed${handler}`;
  return [`${span}, and was signalled at ${places.length} places before that: --seed ${first.seed}.`];
}

/** The first place of the start that failed is played again, alone: a race fails only sometimes. */
export async function confirmFirstPlace(
  { session, surveyed, plan, openStage, settings, judge }: PlayAllOptions,
  played: readonly Recording[],
  verdicts: readonly JudgedVerdict[],
): Promise<string[]> {
  const failed = new Set(
    verdicts.filter(({ verdict }) => verdict.outcome === 'fail').map(({ verdict }) => verdict.run),
  );
  const failing = played.filter((recording) => placeIn(recording) && failed.has(recording.run.id));
  const first = plan.runs.find(({ id }) => failing.some(({ run }) => run.id === id));
  const place = failing.flatMap((recording) =>
    recording.run.id === first?.id ? (placeIn(recording) ?? []) : [],
  )[0];
  if (first === undefined || place === undefined || session.abort.aborted) return [];
  const { script, expectedMs: _, ...run } = first;
  const { offsetMs, sinceHandlerMs } = place;
  const placeAt = sinceHandlerMs === undefined ? { offsetMs } : { offsetMs, sinceHandlerMs };
  const recording = await play({
    session,
    survey: surveyed,
    kind: settings.kind,
    run: { ...run, placeAt },
    attempt: 200,
    clients: 1,
    openStage,
    script: (stage) => script.play(stage),
    startsItself: true,
  });
  // What was interrupted shows how the harness ended it.
  if (session.abort.aborted) return [];
  const again = judge([recording]).some(({ verdict }) => verdict.outcome === 'fail');
  const what = again ? 'failed again' : 'did not fail: a race, which more than the place decides';
  return [
    `${failing.length} of ${place.of} places of its start-up failed; the first, ${run.id} (${duration(place.offsetMs)} after its program was executed), was played again, alone, and ${what}.`,
  ];
}

function placeIn({ events }: Recording): EventOf<'start-place'> | undefined {
  return events.find((event) => event.type === 'start-place');
}
