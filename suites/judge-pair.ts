import type { Recording } from '../harness/recording/recording.js';
import { type View, viewsOf } from './facts/pair-views.js';
import type { Judgement, Requirement } from './requirement.js';

/** Judges one view as if it had been played alone. */
type JudgeOne = (requirement: Requirement, recording: Recording, siblings: readonly Recording[]) => Judgement;

/** The worst that was found stands for all clients. */
const worst = ['fail', 'untested', 'pass', 'not-applicable'] as const;

/**
 * Judges a pair: what is demanded of servers, by what the server of the pair did; what is demanded of clients, by each
 * process of its client. The evidence names the events of the pair's own recording.
 */
export function judgePair(
  requirement: Requirement,
  recording: Recording,
  siblings: readonly Recording[],
  judgeOne: JudgeOne,
): Judgement {
  const ofClients = requirement.of?.includes('client') === true;
  const views = (each: Recording) => (ofClients ? viewsOf(each).clients : [viewsOf(each).server]);
  const others = siblings.flatMap((each) => views(each).map((view) => view.recording));
  const judged = views(recording).map((view) => ({
    view,
    judgement: judgeOne(requirement, view.recording, others),
  }));
  const outcome = worst.find((one) => judged.some(({ judgement }) => judgement.outcome === one));
  const [first, ...more] = judged.filter(({ judgement }) => judgement.outcome === outcome);
  if (first === undefined)
    return { outcome: 'not-applicable', message: 'no process of the client was started' };
  return inWords(first.view, first.judgement, more.length, judged.length);
}

function inWords(view: View, judgement: Judgement, more: number, clients: number): Judgement {
  const { client, places } = view;
  const who = client === undefined || clients === 1 ? '' : `Client ${client}: `;
  const others = more === 0 || who === '' ? '' : ` (and ${more} more of ${clients} clients)`;
  const message = `${who}${judgement.message}${others}`;
  if (judgement.outcome === 'not-applicable') return { ...judgement, message };
  const evidence = judgement.evidence.map((index) => places[index] ?? index);
  return { ...judgement, message, evidence };
}
