import type { Recording } from '../../../harness/recording/recording.js';
import { type ClientView, clientsAtStop } from '../../facts/clients.js';
import { type Finding, sumUp } from '../../facts/findings.js';
import { inFlight, isDeaf, isPausedAt } from '../../facts/in-flight.js';
import { noStop } from '../../facts/judgements.js';
import { afterStop, graceMs, isHarnessDoing, isPastGrace, serversEnd } from '../../facts/since-stop.js';
import { firstStop, type Placed, type Stop, stopSignals, treeGone } from '../../facts/stop.js';
import { duration } from '../../facts/time.js';
import { toldSince } from '../../facts/told.js';
import { requirement } from '../../requirement.js';

export const graceIsGiven = requirement({
  id: 'deadline.grace',
  level: 'SHOULD',
  since: 2026,
  statement:
    'A client that was told, or has a request in flight, is not cut off before the deadline unless it closes first.',
  because:
    'The time up to the deadline is promised to clients: one that is told and cut off in the same breath cannot save its work.',
  remedy: {
    general:
      'After the notice go on reading and answering on the connections that stand, until the client closes or the deadline is over; stop only accepting new ones. Exit when the last connection has ended, not when the notice has been written.',
    node: "Do not call socket.end(notice) or process.exit() in the signal handler: socket.write(notice), then let 'close' events count the connections down, and destroy() the rest from one timer.",
    python:
      'Leave the receive loop of a connection when recv() returns b"", not when the stop flag is set. In asyncio do not cancel the connection tasks at the signal: `await asyncio.wait(tasks, timeout=grace)` first. Daemon threads die with the main thread: join them with the time that is left.',
    go: 'main must not return after Shutdown has been *called* but after it has *returned*: ListenAndServe returns ErrServerClosed at once, so wait on a channel that is closed after srv.Shutdown(ctx).',
    jvm: 'Use executor.shutdown() and awaitTermination, not shutdownNow(), which interrupts the handlers; the hook must not return before, since the JVM halts when all hooks have returned.',
  },
  sources: ['spring-projects/spring-boot#4657', 'RFC 9112 §9.6'],
  notApplicable(recording) {
    if (recording.run.deadlineMs !== undefined)
      return 'the target was told another deadline: deadline.tracks judges when it cut its clients off';
    return stopSignals(recording).length > 1
      ? 'a second stop signal released the target from waiting for its clients'
      : undefined;
  },
  judge(recording) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const findings = clientsAtStop(recording, stop).flatMap((client) => finding(recording, stop, client));
    const graceWords = duration(graceMs(recording));
    const wording = {
      expected: `kept for ${duration(recording.contract.deadlineMs)} (at least ${graceWords}) unless the client closes`,
      none: 'no client was told, and none had a request in flight when the stop signal came',
      well: (kept: readonly Finding[]) =>
        `No client was cut off before ${graceWords} (${kept.length} of ${kept.length} kept).`,
    };
    return sumUp(findings, wording, stop);
  },
});

function finding(recording: Recording, stop: Stop, client: ClientView): Finding[] {
  const flying = inFlight(client, stop);
  const told = recording.contract.notice === undefined ? [] : toldSince(recording, stop, client);
  const [notice] = told;
  const [request] = flying;
  if (!notice && !request) return [];
  // What a stuck client reads in the end was sent before; for the others the request in flight decides.
  const owed = client.role === 'stuck' ? client.exchanges : flying;
  const served = owed.length > 0 && owed.every(({ reply }) => reply !== undefined);
  const cut = cutOff(recording, client);
  const proof = notice ?? request?.read ?? request?.replyStarted;
  const fine = {
    client: client.id,
    asDemanded: 'yes' as const,
    sentence: '',
    observed: '',
    evidence: [proof],
  };
  // Served is not cut off; a client that was told may use its connection for more than that one request.
  if (cut === undefined || (served && (notice === undefined || client.role === 'stuck'))) return [fine];
  const when = afterStop(recording, stop, cut.event);
  const earned = notice
    ? `was told ${afterStop(recording, stop, notice.event)}`
    : `had request ${request?.number} in flight`;
  const past = isPastGrace(recording, stop, cut.event);
  // What the server sent to somebody who never read again may still have been a whole reply.
  const unknowable = cut.event.type === 'gone' && isDeaf(client) && past !== 'yes';
  return [
    {
      client: client.id,
      asDemanded: unknowable ? 'unknown' : past,
      sentence: unknowable
        ? `${client.id} ${earned} and never read again: what it was sent before the exit is not known`
        : `${client.id} ${earned} and was cut off ${when}${how(cut)}`,
      observed: `cut off ${when}`,
      evidence: [proof, cut],
    },
  ];
}

/**
 * What cut a client off: the end of its connection by the server, or, for a client that does not read, the end of the
 * whole tree where that came first (its kernel shows it neither FIN nor RST until it reads again).
 */
function cutOff(recording: Recording, client: ClientView): Placed | undefined {
  const gone = treeGone(recording);
  const ownEnd = gone && !isHarnessDoing(recording, gone) ? gone : undefined;
  const left = client.end?.event.type === 'left' ? client.end : undefined;
  if (ownEnd && isPausedAt(client, ownEnd) && (client.end === undefined || client.end.index > ownEnd.index)) {
    return ownEnd;
  }
  return left ? undefined : serversEnd(recording, client);
}

function how({ event }: Placed): string {
  if (event.type === 'fin') return ' (FIN)';
  return event.type === 'rst' ? ` (reset: ${event.code})` : ', by the exit of the server';
}
