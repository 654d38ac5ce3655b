import type { Recording } from '../../harness/recording/recording.js';

/** Whether two runs have the same clients, the same moment and the same signal; it may have come in another way. */
export function isSameSituation({ run }: Recording, other: Recording): boolean {
  return other.run.scenario === run.scenario && other.run.signal === run.signal;
}
