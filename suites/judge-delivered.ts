import { type Delivery, needsTerminal, wrapperOf } from '../harness/contract/delivery.js';
import type { Recording } from '../harness/recording/recording.js';
import { isSameSituation } from './facts/same-situation.js';
import { joined } from './facts/watched.js';
import { whyNotJudgedWrapped } from './judge-wrapped.js';
import type { Judgement, Requirement } from './requirement.js';

type Judge = (requirement: Requirement, recording: Recording, siblings: readonly Recording[]) => Judgement;

/** What is judged as one graceful stop where another requirement speaks of the end of a run. */
const endOfStop = [
  'deadline.holds',
  'exit.consistent',
  'exit.no-crash',
  'exit.status',
  'output.no-traceback',
] as const;

/** Where the end of a run at a terminal, or as PID 1, is bad, one requirement says so. */
const spokenFor: Readonly<
  Partial<Record<Delivery, { readonly by: string; readonly ids: readonly string[] }>>
> = {
  terminal: { by: 'terminal.interrupt', ids: endOfStop },
  pid1: { by: 'pid1.stops', ids: endOfStop },
  hangup: {
    by: 'terminal.hangup',
    // What it writes after that is lost with the terminal: a line about the stop as well as a traceback.
    ids: [...endOfStop, 'survive.undeclared-hangup', 'stop.acknowledged'],
  },
};

/**
 * The rules where signals arrive in several ways. Runs are compared with those whose signal went to the process alone
 * (and what comes from a terminal, with what was sent to the group), and what fails there as well is no matter of the
 * delivery: one cause shows as one failure.
 */
export function judgeDelivered(
  requirement: Requirement,
  recording: Recording,
  recordings: readonly Recording[],
  judge: Judge,
): Judgement {
  const { delivery } = recording.run;
  const plain = recordings.filter(({ run }) => run.delivery === 'process');
  if (delivery === 'process') return judge(requirement, recording, plain);
  const speaker = spokenFor[delivery];
  if (speaker?.ids.includes(requirement.id))
    return { outcome: 'not-applicable', message: `${speaker.by} judges the end of this run` };
  if (wrapperOf(delivery) !== undefined) {
    const message = whyNotJudgedWrapped(requirement, recording, joined([recording], plain), judge);
    if (message !== undefined) return { outcome: 'not-applicable', message };
  }
  const others = needsTerminal(delivery)
    ? joined(
        plain,
        recordings.filter(({ run }) => run.delivery === 'group'),
      )
    : plain;
  const judgement = judge(requirement, recording, joined([recording], others));
  if (judgement.outcome !== 'fail') return judgement;
  const same = others.find(
    (other) => isSameSituation(recording, other) && judge(requirement, other, others).outcome === 'fail',
  );
  if (same === undefined) return judgement;
  return { outcome: 'not-applicable', message: `it fails in ${same.run.id} as well, which judges that` };
}
