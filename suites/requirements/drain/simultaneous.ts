import type { Recording } from '../../../harness/recording/recording.js';
import { type ClientView, clientsAtStop, type Exchange } from '../../facts/clients.js';
import { type Finding, sumUp } from '../../facts/findings.js';
import { isQueuedWhileFrozen } from '../../facts/in-flight.js';
import { noStop } from '../../facts/judgements.js';
import { endInWords, isHarnessDoing, isReleased, serversEnd } from '../../facts/since-stop.js';
import { endedByHarness, firstStop, type Stop, treeGone } from '../../facts/stop.js';
import { toldSince } from '../../facts/told.js';
import { requirement } from '../../requirement.js';

export const simultaneousRequestsAreAnswered = requirement({
  id: 'drain.simultaneous',
  level: 'SHOULD',
  statement:
    'A request that reached the server’s socket together with the stop signal is answered or cleanly refused: no reset after it was written.',
  because:
    'Under load there is always such a request at every restart: its client gets an error although nothing was wrong with it.',
  remedy: {
    general:
      'After the stop signal read once more what is already there before a connection is closed as idle: a connection with unread bytes is not idle, and closing it sends RST (RFC 9293 §3.6.1). Answer the request, or send the notice or FIN, shut down the sending side, and read until the client has closed.',
    node: 'server.close() and closeIdleConnections() may run before the request has been parsed; put them behind one turn of the loop (setImmediate), and use socket.end(), not destroy(), on a net.Server.',
    python:
      'After the flag is seen, poll each connection once more with select() and a time-out of 0, and handle what is readable; only then close. shutdown(SHUT_WR) before close(), and recv() until b"".',
    go: 'http.Server.Shutdown closes idle connections although a request may lie in their buffers: first srv.SetKeepAlivesEnabled(false) and let traffic drain for a moment, with the readiness probe failing, then call Shutdown.',
    jvm: 'Prefer the graceful mode of the server (GOAWAY, or Connection: close on the next reply) over closing idle channels at once; in NIO call selectNow() and handle the ready keys before channels are closed.',
  },
  sources: ['golang/go#33313', 'benoitc/gunicorn#3397', 'RFC 9112 §9.6', 'RFC 9293 §3.6.1'],
  judge(recording) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const findings = clientsAtStop(recording, stop)
      .filter(({ role }) => role === 'simultaneous')
      .flatMap((client) =>
        client.exchanges
          .filter((exchange) => isQueuedWhileFrozen(recording, exchange))
          .flatMap((exchange) => finding(recording, stop, client, exchange)),
      );
    const wording = {
      expected: 'a reply, the notice, or FIN without RST',
      none: 'no request was seen to arrive together with the signal',
      well: (all: readonly Finding[]) =>
        `All simultaneous requests were answered or cleanly refused (${all.length} of ${all.length}).`,
    };
    return sumUp(findings, wording, stop);
  },
});

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
