import type { Recording } from '../harness/recording/recording.js';
import { watched } from './facts/watched.js';
import { type Judged, judgeAmong, playedAsWritten } from './judge.js';
import type { Judgement, Requirement } from './requirement.js';

/** Why a part of a suite says nothing of a requirement that compares runs. */
export const judgedAtMerge = 'judged when the shards are merged';

/**
 * Judges recordings of which more were played elsewhere. A judgement for which nobody looked at the other recordings is
 * final: it would be the same among all. Any other one is left open, whatever it is: what is missing might turn it.
 */
export function judgePart(recordings: readonly Recording[], requirements: readonly Requirement[]): Judged[] {
  const sound = playedAsWritten(recordings);
  return recordings.flatMap((recording) =>
    requirements.map((requirement) => {
      let hasLooked = false;
      const others = watched(sound, () => {
        hasLooked = true;
      });
      const judged = judgeAmong(requirement, recording, others);
      const open: Judgement = { outcome: 'not-applicable', message: judgedAtMerge };
      return hasLooked ? { ...judged, level: requirement.level, judgement: open } : judged;
    }),
  );
}
