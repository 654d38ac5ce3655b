import type { Ending } from '../played/messages.js';

/** How a client speaks to its server, as its first start has shown. */
export interface ClientHabits {
  /** How it ends its messages, and so how it is told. */
  readonly ending: Ending;
  /** The requests that were seen before the survey ended: more may follow, unless it ends by itself. */
  readonly requests: number;
  /** It ends after these requests, though nobody told it to. */
  readonly endsByItself: boolean;
  /** The longest and the shortest time from a reply to the next request; undefined where only one came. */
  readonly longestPauseMs: number | undefined;
  readonly shortestPauseMs: number | undefined;
  /** Connections that it had at the same time, or one after the other. */
  readonly connections: number;
}
