import type { Recording } from '../../harness/recording/recording.js';
import { notApplicable, pass, places } from '../facts/judgements.js';
import { isSameSituation } from '../facts/same-situation.js';
import { ofFirstInstance, rootExit } from '../facts/stop.js';
import { judgeOne } from '../judge.js';
import type { Judgement, Requirement } from '../requirement.js';

interface Words {
  /** What was special in this run; stands before what failed. */
  readonly what: string;
  /** Said where nothing failed. */
  readonly well: string;
}

/**
 * What several requirements say of the end of a run whose signal came in another way, as one verdict. What one of them
 * finds as well where the same signal came in a plainer way is no matter of this one.
 */
export function judgeParts(
  parts: readonly Requirement[],
  recording: Recording,
  siblings: readonly Recording[],
  { what, well }: Words,
): Judgement {
  const { delivery } = recording.run;
  const judged = parts.map((part) => ({ part, judgement: judgeOne(part, recording, siblings) }));
  const others = siblings.filter(
    (other) => other.run.delivery !== delivery && isSameSituation(recording, other),
  );
  let shared: Recording | undefined;
  for (const { part, judgement } of judged) {
    if (judgement.outcome !== 'fail') continue;
    const also = others.find((other) => judgeOne(part, other, siblings).outcome === 'fail');
    if (also === undefined) return { ...judgement, message: `${what}: ${judgement.message}` };
    shared = also;
  }
  if (shared) return notApplicable(`it fails in ${shared.run.id} as well, which judges that`);
  const untested = judged.find(({ judgement }) => judgement.outcome === 'untested');
  if (untested) return untested.judgement;
  const [signal] = ofFirstInstance(recording, 'signal');
  if (!signal || judged.every(({ judgement }) => judgement.outcome === 'not-applicable'))
    return notApplicable('the end of this run says nothing about a single stop');
  return pass(well, places(signal, rootExit(recording)));
}
