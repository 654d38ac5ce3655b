import type { Recording } from '../../../harness/recording/recording.js';
import { type ClientView, clientsAtStop } from '../../facts/clients.js';
import { type Finding, sumUp } from '../../facts/findings.js';
import { isAccepted, isDeaf } from '../../facts/in-flight.js';
import { noStop } from '../../facts/judgements.js';
import { endInWords, isReleased, serversEnd } from '../../facts/since-stop.js';
import { firstStop, type Stop } from '../../facts/stop.js';
import { noNotice, toldOfTheEnd } from '../../facts/told.js';
import { requirement } from '../../requirement.js';

export const everyClientIsTold = requirement({
  id: 'notice.every-client',
  level: 'MUST',
  since: 2026,
  statement:
    'Every client that is connected when the stop signal arrives is told before its connection closes, also one that is silent.',
  because: 'A client that is not told cannot finish, retry elsewhere, or tell a shutdown from a crash.',
  remedy: {
    general:
      'Keep a set of all open connections, added to at accept and removed from at close. When the stop signal arrives, walk through the set and send the notice on each, whatever it is doing: idle, in half a request, or never heard of. A notice that replaces the next reply reaches only clients that speak.',
    node: "const sockets = new Set(); server.on('connection', (socket) => { sockets.add(socket); socket.on('close', () => sockets.delete(socket)); }); in shutdown: for (const socket of sockets) socket.write(notice). Call process.exit() only after the writes have been flushed.",
    python:
      'Threads: recv() blocks and is resumed after the handler (PEP 475), so a flag that is looked at after recv() is too late. Keep the sockets in a set under a lock, and let the main thread sendall() the notice. asyncio: keep the StreamWriters, `writer.write(notice); await writer.drain()` for each.',
    go: 'Keep map[net.Conn]struct{} under a mutex; on ctx.Done() write the notice to each, or call conn.SetReadDeadline(time.Now()), which wakes the reading goroutine to do it. http.Server.RegisterOnShutdown does this for WebSockets.',
    jvm: 'Keep the channels in a concurrent set (Netty: a DefaultChannelGroup, group.writeAndFlush(notice)). A thread in a blocking read() is not woken by interrupt(); write from the hook.',
  },
  needsEffect: true,
  sources: ['Kludex/uvicorn#1344', 'envoyproxy/envoy#14350', 'RFC 6455 §7.4.1 (1001, going away)'],
  notApplicable: noNotice,
  judge(recording) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const listeners = clientsAtStop(recording, stop).filter((client) => canBeTold(recording, stop, client));
    const wording = {
      expected: `"${recording.contract.notice}" to every connected client before its connection closes`,
      none: 'no client was connected at the stop that could be told',
      well: (all: readonly Finding[]) => `All connected clients were told (${all.length} of ${all.length}).`,
    };
    return sumUp(
      listeners.map((client) => finding(recording, stop, client)),
      wording,
      stop,
    );
  },
});

/**
 * Whom a server can tell: not who left first, does not read, or has not been accepted yet; nor who was cut off by a
 * second stop signal that asked for haste, before the first could be acted on.
 */
function canBeTold(recording: Recording, stop: Stop, client: ClientView): boolean {
  const untold = toldOfTheEnd(recording, stop, client).length === 0;
  const leftUntold = untold && client.end?.event.type === 'left';
  if (client.role === 'stuck' || client.role === 'vanishing' || isDeaf(client)) return false;
  if (untold && client.end && isReleased(recording, client.end)) return false;
  return !leftUntold && isAccepted(recording, stop, client) && !(untold && wasServedOnce(recording, client));
}

/** A server that closes after each reply ends such a connection by its normal course, not by the shutdown. */
function wasServedOnce(recording: Recording, { end, exchanges }: ClientView): boolean {
  const served = exchanges.length > 0 && exchanges.every(({ reply }) => reply !== undefined);
  return !recording.survey.persistent && served && end?.event.type === 'fin';
}

function finding(recording: Recording, stop: Stop, client: ClientView): Finding {
  const [told] = toldOfTheEnd(recording, stop, client);
  const heard = client.events.find(
    ({ event }) => event.type === 'unexpected' && event.atMs >= stop.event.beforeMs,
  );
  const instead =
    heard?.event.type === 'unexpected' ? `; it read ${JSON.stringify(heard.event.text)} instead` : '';
  return {
    client: client.id,
    asDemanded: told ? 'yes' : 'no',
    sentence: `${client.id} (${client.role}) was never told: ${endInWords(recording, stop, client)}${instead}`,
    observed: `no notice to ${client.id}`,
    evidence: told ? [told] : [client.connected, heard, serversEnd(recording, client)],
  };
}
