import type { RecordingEvent } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { all } from './stop.js';
import { duration } from './time.js';

/**
 * From this lag on, a moment may have been missed because of the machine: a run that is played alone delays the loops of
 * the harness by less (2 cores, 8 plays beside a load of 3: 32 to 49 ms, once 57), a whole suite whose targets start by
 * up to 190 ms. So alone it may go better. Less is too little to miss what is waited for.
 */
const busyLagMs = 50;
/**
 * Only a lag this short before the moment counts, in milliseconds. Every suite is busy while its targets start: who
 * then waits in vain for seconds on a quiet machine would wait as long in vain alone.
 */
const shortlyMs = 1000;

/** How busy the machine was right before an event, in words; undefined where nothing shows that it was. */
export function busyBefore(recording: Recording, { atMs }: RecordingEvent): string | undefined {
  // A blockage is told when it is over: that may be after what it has delayed.
  const lags = all(recording, 'lag').filter(
    ({ event }) => event.atMs - event.lagMs <= atMs && event.atMs >= atMs - shortlyMs,
  );
  const [worst] = lags.map(({ event }) => event).sort((a, b) => b.lagMs - a.lagMs);
  if (worst === undefined || worst.lagMs < busyLagMs) return undefined;
  const who = worst.who === 'harness' ? 'the harness was' : 'the clients were';
  return `the machine was busy: ${who} ${duration(worst.lagMs)} late`;
}
