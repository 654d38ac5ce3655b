import type { ClientRole } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import type { Judgement } from '../requirement.js';
import { type ClientView, clientsAtStop, type Exchange } from './clients.js';
import { type Finding, sumUp, type Wording } from './findings.js';
import { isQueuedWhileFrozen } from './in-flight.js';
import { noStop } from './judgements.js';
import { endInWords, isHarnessDoing, isReleased, serversEnd } from './since-stop.js';
import { endedByHarness, firstStop, type Stop, treeGone } from './stop.js';
import { toldSince } from './told.js';

/** What became of the requests of these clients, which lay in the server's sockets when the stop signal came. */
export function judgeUnread(
  recording: Recording,
  role: ClientRole,
  words: Omit<Wording, 'expected'>,
): Judgement {
  const stop = firstStop(recording);
  if (!stop) return noStop;
  const findings = clientsAtStop(recording, stop)
    .filter((client) => client.role === role)
    .flatMap((client) =>
      client.exchanges
        .filter((exchange) => isQueuedWhileFrozen(recording, exchange))
        .flatMap((exchange) => finding(recording, stop, client, exchange)),
    );
  return sumUp(findings, { expected: 'a reply, the notice, or FIN without RST', ...words }, stop);
}

function finding(recording: Recording, stop: Stop, client: ClientView, exchange: Exchange): Finding[] {
  const { id } = client;
  const { number, queued, reply } = exchange;
  const fine = { client: id, asDemanded: 'yes' as const, sentence: '', observed: '' };
  if (reply && !isHarnessDoing(recording, reply)) return [{ ...fine, evidence: [queued, reply] }];
  const end = serversEnd(recording, client);
  if (end && isReleased(recording, end)) return [];
  if (end?.event.type === 'rst') {
    return [
      {
        client: id,
        asDemanded: 'no',
        sentence: `${id} had written request ${number} when the signal came, and got a reset instead of an answer: ${endInWords(recording, stop, client)}`,
        observed: `reset (${end.event.code}) after the request was written`,
        evidence: [queued, end],
      },
    ];
  }
  const [told] = toldSince(recording, stop, client);
  if (end || told) return [{ ...fine, evidence: [queued, told, end] }];
  if (client.end?.event.type === 'left') return [];
  const over = endedByHarness(recording) ?? treeGone(recording);
  return [
    {
      client: id,
      asDemanded: over ? 'no' : 'unknown',
      sentence: over
        ? `${id} had written request ${number} when the signal came, and was neither answered nor refused`
        : `what became of request ${number} of ${id} was not seen`,
      observed: 'neither a reply nor an end of the connection',
      evidence: [queued, over],
    },
  ];
}
