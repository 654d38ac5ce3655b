import type { Recording } from '../../harness/recording/recording.js';
import type { Judgement, Requirement } from '../requirement.js';

/** For tests of judges: what one requirement says of one recording, siblings being the recording alone by default. */
export function verdictOf(
  requirement: Requirement,
  recording: Recording,
  siblings: readonly Recording[] = [recording],
): Judgement {
  const reason = requirement.notApplicable?.(recording);
  return reason === undefined
    ? requirement.judge(recording, siblings)
    : { outcome: 'not-applicable', message: reason };
}
