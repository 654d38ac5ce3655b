import type { Recording } from '../../harness/recording/recording.js';

/** What is a plain stop for the clients, and has no counterpart with a plain signal. */
const likeIdle = 'inherited-orphan';

/** Whether two runs have the same clients, the same moment and the same signal; it may have come in another way. */
export function isSameSituation({ run }: Recording, other: Recording): boolean {
  const scenario = run.scenario === likeIdle && other.run.delivery !== run.delivery ? 'idle' : run.scenario;
  return other.run.scenario === scenario && other.run.signal === run.signal;
}
