import type { Recording } from '../../../harness/recording/recording.js';
import { type ClientView, clientsAtStop, type Exchange } from '../../facts/clients.js';
import { type Finding, sumUp } from '../../facts/findings.js';
import { inFlight } from '../../facts/in-flight.js';
import { noStop } from '../../facts/judgements.js';
import { onIdleMachine } from '../../facts/kept-waiting.js';
import { afterStop, isHarnessDoing } from '../../facts/since-stop.js';
import { endedByHarness, firstStop, type Stop, treeGone } from '../../facts/stop.js';
import { between, type Certainty, isAtMost, window } from '../../facts/time.js';
import { requirement } from '../../requirement.js';

/** A request that is sent this long after the signal is answered by a server that has noticed it. */
const noticedMs = 250;
const closeMs = 1000;

export const repliesAnnounceTheClose = requirement({
  id: 'notice.connection-close',
  level: 'SHOULD',
  since: 2026,
  statement:
    'An HTTP/1.1 reply that is sent after the stop signal carries `Connection: close`, or the server closes after it.',
  because:
    'A client that is not told reuses the connection, and its next request races with the close: it fails, and may not be safe to send again.',
  remedy: {
    general:
      'From the stop signal on add `Connection: close` to every reply on HTTP/1.x, also to that of a request that was already being handled, and close after it. (HTTP/2 has GOAWAY for this.)',
    node: "Add `if (stopping) res.setHeader('Connection', 'close')` before the headers are written, as the first middleware; or set `server.keepAliveTimeout = 1` at the stop and call server.closeIdleConnections() after each reply.",
    python:
      'WSGI and ASGI servers do it themselves when they are told to stop gracefully (uvicorn, hypercorn, gunicorn gthread); with http.server send the header and set self.close_connection = True.',
    go: 'srv.SetKeepAlivesEnabled(false) at the stop, or srv.Shutdown, which does the same: replies then carry the header.',
    jvm: 'Tomcat, Jetty and Undertow do it in their graceful modes (Spring Boot: server.shutdown=graceful; Jetty: StatisticsHandler/GracefulHandler). In a Netty pipeline: HttpUtil.setKeepAlive(response, false) and add ChannelFutureListener.CLOSE.',
  },
  sources: ['RFC 9112 §9.6', 'RFC 9110 §7.6.1', 'benoitc/gunicorn#2529'],
  notApplicable: (recording) =>
    recording.contract.protocol === 'http' ? undefined : 'the target does not speak HTTP',
  judge(recording) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const findings = clientsAtStop(recording, stop).flatMap((client) =>
      repliesAfter(recording, stop, client).flatMap((exchange) => finding(recording, stop, client, exchange)),
    );
    const wording = {
      expected: '`Connection: close` in the reply, or FIN within 1 s after it and before another reply',
      none: 'no reply was sent on a kept connection after the stop signal',
      well: (all: readonly Finding[]) =>
        `All replies after the signal announced the close (${all.length} of ${all.length}).`,
    };
    return sumUp(findings, wording, stop);
  },
});

/** The exchanges whose reply was certainly composed after the signal. */
function repliesAfter(recording: Recording, stop: Stop, client: ClientView): Exchange[] {
  const flying = inFlight(client, stop);
  return client.exchanges.filter((exchange) => {
    const { request, replyStarted, reply } = exchange;
    if (!reply || isHarnessDoing(recording, reply)) return false;
    if (request.event.beforeMs > stop.delivered.maxMs + noticedMs) return true;
    const first = replyStarted ?? reply;
    return flying.includes(exchange) && window(recording, first.event).minMs > stop.delivered.maxMs;
  });
}

function finding(recording: Recording, stop: Stop, client: ClientView, exchange: Exchange): Finding[] {
  const { reply, request, number } = exchange;
  if (!reply) return [];
  const announced = reply.event.connectionClose === true;
  const closes = announced ? 'yes' : closedAfter(recording, client, reply.index);
  if (closes === undefined) return [];
  return [
    {
      client: client.id,
      asDemanded: closes,
      sentence: `The reply to request ${number} of ${client.id} (${client.role}) came ${afterStop(recording, stop, reply.event)} without \`Connection: close\`, and the server did not close the connection after it`,
      observed: 'neither the header nor FIN after the reply',
      evidence: [request, reply, client.end?.event.type === 'left' ? undefined : client.end],
    },
  ];
}

/** Whether the server closed the connection after a reply; undefined where the client left before that could be seen. */
function closedAfter(recording: Recording, client: ClientView, replyIndex: number): Certainty | undefined {
  const reply = recording.events[replyIndex];
  if (!reply) return undefined;
  const another = client.exchanges.some((exchange) => exchange.reply && exchange.reply.index > replyIndex);
  if (another) return 'no';
  const { end } = client;
  const since = (atMs: number) => atMs - reply.atMs;
  if (!end || isHarnessDoing(recording, end)) {
    const watched = endedByHarness(recording) ?? treeGone(recording);
    return watched && since(watched.event.atMs) > closeMs ? 'no' : undefined;
  }
  if (end.event.type === 'left') return since(end.event.beforeMs) > closeMs ? 'no' : undefined;
  if (end.event.type === 'rst') return 'no';
  const elapsed = between(window(recording, reply), window(recording, end.event));
  return isAtMost(onIdleMachine(recording, elapsed, reply.atMs, end.event.atMs), closeMs);
}
