import { oneOf } from './one-of.js';

/**
 * How the runs of a server with a fixed port are kept apart: by a network namespace each where that changes nothing for
 * it (`auto`), by one in any case (`namespace`), or by playing one after the other (`none`).
 */
export type Isolating = (typeof isolations)[number];
const isolations = ['auto', 'namespace', 'none'] as const;

export function parseIsolation(option: string, value: string): Isolating {
  return oneOf(option, value, isolations);
}
