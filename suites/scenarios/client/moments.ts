import type { ClientHabits } from '../../../harness/survey/client-habits.js';
import type { Possibilities } from '../../scenario.js';

/** A pause that is shorter than this is none: the next request would be there before the server has looked. */
const shortestPauseMs = 20;

/** After how many replies a client is between two exchanges: the second where there are enough. */
export function repliesBefore({ requests }: ClientHabits): number {
  return requests >= 3 ? 2 : 1;
}

/** Which request is the one that something is done with: the second where there is one. */
export function requestToPlay({ requests }: ClientHabits): number {
  return Math.min(requests, 2);
}

/** Why there is no time between two exchanges, with an open connection. */
export function neverBetween({ survey: { habits, persistent } }: Possibilities): string | undefined {
  if (habits === undefined) return 'nothing is known of the client';
  const { requests, endsByItself, shortestPauseMs: pauseMs } = habits;
  if (endsByItself && requests === 1) return 'the client ends by itself after its only exchange';
  if (endsByItself && requests <= repliesBefore(habits))
    return `the client ends by itself after ${requests} exchanges`;
  if (requests > 1 && !persistent) return 'the client makes a connection for each exchange';
  if (pauseMs !== undefined && pauseMs < shortestPauseMs)
    return 'the client makes no pause between two exchanges';
  return undefined;
}
