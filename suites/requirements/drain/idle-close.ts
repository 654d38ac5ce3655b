import type { Recording } from '../../../harness/recording/recording.js';
import { type ClientView, clientsAtStop } from '../../facts/clients.js';
import { type Finding, sumUp } from '../../facts/findings.js';
import { noStop } from '../../facts/judgements.js';
import { afterStop, hurrySinceStop, isHarnessDoing } from '../../facts/since-stop.js';
import { firstStop, type Stop } from '../../facts/stop.js';
import { duration, isAtMost } from '../../facts/time.js';
import { requirement } from '../../requirement.js';

const closeMs = 1000;

export const idleConnectionsAreClosed = requirement({
  id: 'drain.idle-close',
  level: 'SHOULD',
  since: 2026,
  statement:
    'Idle keep-alive connections are closed within 1 s of the stop signal, not held until they time out.',
  because:
    'Nobody waits for anything on them, yet each holds the server for its whole keep-alive time, and clients go on picking them for new requests.',
  remedy: {
    general:
      'Know which connections are between two requests, and close those as soon as the stop signal arrives; close the others after their reply.',
    node: 'server.close() closes idle connections by itself from Node 19 on; on 18 call server.closeIdleConnections() after it. Connections that become idle later: set server.keepAliveTimeout to 1 at the stop, or send Connection: close.',
    python:
      'uvicorn, hypercorn and gunicorn do it when they are stopped gracefully (mind --timeout-keep-alive). With ThreadingHTTPServer set a `timeout` on the handler class, which also bounds the wait for the next request, and protocol_version HTTP/1.0 where keep-alive is not needed.',
    go: 'srv.Shutdown(ctx) closes idle connections; a plain srv.Close() also cuts the busy ones. A connection that has never sent a request counts as idle only after 5 s.',
    jvm: 'Jetty: GracefulHandler and a short connector.setShutdownIdleTimeout; Tomcat closes idle connections when the connector is stopped, not when it is paused; Netty: close the channels of the group that are not in a request.',
  },
  needsEffect: true,
  sources: ['nodejs/node#2642', 'akka/akka-http#2090', 'RFC 9112 §9.3'],
  notApplicable(recording) {
    if (recording.contract.protocol !== 'http') return 'the target does not speak HTTP';
    return recording.survey.persistent ? undefined : 'the target closes every connection after one exchange';
  },
  judge(recording) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const findings = clientsAtStop(recording, stop)
      .filter(({ role }) => role === 'idle')
      .flatMap((client) => finding(recording, stop, client));
    const wording = {
      expected: `closed within ${duration(closeMs)} of ${stop.event.signal}`,
      none: 'no client was connected and idle at the stop',
      well: (all: readonly Finding[]) =>
        `All idle connections were closed in time (${all.length} of ${all.length}).`,
    };
    return sumUp(findings, wording, stop);
  },
});

function finding(recording: Recording, stop: Stop, client: ClientView): Finding[] {
  const { id, end } = client;
  if (end?.event.type === 'left') return [];
  if (end && !isHarnessDoing(recording, end)) {
    const when = afterStop(recording, stop, end.event);
    return [
      {
        client: id,
        asDemanded: isAtMost(hurrySinceStop(recording, stop, end.event), closeMs),
        sentence: `The idle connection of ${id} was closed only ${when}`,
        observed: `closed ${when}`,
        evidence: [end],
      },
    ];
  }
  const watchedMs = lastOwnMs(recording) - stop.delivered.maxMs;
  return [
    {
      client: id,
      asDemanded: watchedMs > closeMs ? 'no' : 'unknown',
      sentence: `The idle connection of ${id} was still open ${duration(Math.max(0, watchedMs))} after ${stop.event.signal}`,
      observed: 'not closed',
      evidence: [client.connected],
    },
  ];
}

/** Until when the target was left to itself: the harness' own end of it, or the end of the recording. */
function lastOwnMs(recording: Recording): number {
  const { events } = recording;
  const ended = events.find(({ type }) => type === 'ended-by-harness');
  if (ended?.type === 'ended-by-harness') return ended.beforeMs;
  return events.at(-1)?.atMs ?? 0;
}
