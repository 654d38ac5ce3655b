import type { PlayedAll } from '../conform/play-all.js';
import type { NamespacePool } from './namespace-pool.js';

/** How the runs of a server with a fixed port are kept apart. */
export interface Isolation {
  /** Undefined: one is played after the other. */
  readonly namespaces?: NamespacePool;
  /** Follows "The target always listens on port N: ". */
  readonly words: string;
}

/** What a report says of it, with the runs for which a namespace was to be made and could not be. */
export function inWords({ words }: Isolation, outside: PlayedAll['outside']): string {
  const [first] = outside;
  if (first === undefined) return words;
  const ids = outside.map(({ id }) => id).join(', ');
  return `${words} No namespace could be made for ${ids} (${first.reason}): played alone, outside.`;
}
