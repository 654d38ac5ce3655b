import type { Recording } from '../harness/recording/recording.js';
import type { Judgement, Requirement } from './requirement.js';

type Judge = (requirement: Requirement, recording: Recording, siblings: readonly Recording[]) => Judgement;

/**
 * The rules where signals arrive in several ways. Runs are compared with those whose signal went to the process alone,
 * and what fails there as well is no matter of the delivery: one cause shows as one failure.
 */
export function judgeDelivered(
  requirement: Requirement,
  recording: Recording,
  recordings: readonly Recording[],
  judge: Judge,
): Judgement {
  const plain = recordings.filter(({ run }) => run.delivery === 'process');
  if (recording.run.delivery === 'process') return judge(requirement, recording, plain);
  const judgement = judge(requirement, recording, [recording, ...plain]);
  if (judgement.outcome !== 'fail') return judgement;
  const same = plain.find(
    (other) => isPlain(recording, other) && judge(requirement, other, plain).outcome === 'fail',
  );
  if (same === undefined) return judgement;
  return { outcome: 'not-applicable', message: `it fails in ${same.run.id} as well, which judges that` };
}

/** The same situation, and the same signal, which was sent to the process. */
function isPlain({ run }: Recording, other: Recording): boolean {
  return other.run.scenario === run.scenario && other.run.signal === run.signal;
}
