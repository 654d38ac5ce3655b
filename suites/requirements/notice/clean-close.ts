import type { Recording } from '../../../harness/recording/recording.js';
import { type ClientView, clientsAtStop } from '../../facts/clients.js';
import { type Finding, sumUp } from '../../facts/findings.js';
import { isInAcceptQueue, unansweredAt } from '../../facts/in-flight.js';
import { noStop } from '../../facts/judgements.js';
import { afterStop, isPastGrace, isReleased, serversEnd } from '../../facts/since-stop.js';
import { firstStop, type Stop } from '../../facts/stop.js';
import { requirement } from '../../requirement.js';

export const connectionsCloseCleanly = requirement({
  id: 'notice.clean-close',
  level: 'SHOULD',
  since: 2026,
  statement: 'The server ends a connection with FIN, after what it sent could be read; it does not reset it.',
  because:
    'A reset throws away what the client has not read yet, a notice or the end of a reply among it, and looks like a crash.',
  remedy: {
    general:
      'Close in steps: write what is left, shut down the sending side (shutdown(SHUT_WR)), read until the client closes or a short time is over, then close. A socket that is closed while unread bytes are in its receive buffer sends RST; so does SO_LINGER with 0 seconds.',
    node: 'Use socket.end(lastWords), not socket.destroy() or socket.resetAndDestroy(), and keep reading (socket.resume()) until the close event; process.exit() with unread input resets.',
    python:
      'sock.shutdown(socket.SHUT_WR), then recv() until b"" or a time-out, then close(). asyncio: writer.write_eof(), read on, then writer.close(); await writer.wait_closed(). transport.abort() resets.',
    go: 'conn.(*net.TCPConn).CloseWrite(), then io.Copy(io.Discard, conn) under a read deadline, then Close. Do not use SetLinger(0).',
    jvm: 'socket.shutdownOutput(), then read to the end with setSoTimeout, then close(); do not call setSoLinger(true, 0).',
  },
  sources: ['RFC 9112 §9.6', 'RFC 9293 §3.6.1', 'hyperium/hyper#3792'],
  judge(recording) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const findings = clientsAtStop(recording, stop).flatMap((client) => finding(recording, stop, client));
    const wording = {
      expected: 'FIN on every connection that owes no reply',
      none: 'the server ended no settled connection before its deadline',
      well: (all: readonly Finding[]) =>
        `All connections that it ended were closed with FIN (${all.length} of ${all.length}).`,
    };
    return sumUp(findings, wording, stop);
  },
});

function finding(recording: Recording, stop: Stop, client: ClientView): Finding[] {
  const end = serversEnd(recording, client);
  if (!end || isReleased(recording, end) || !isSettled(recording, client)) return [];
  const past = isPastGrace(recording, stop, end.event);
  // From the deadline on it may use force.
  if (past === 'yes') return [];
  const { id, role } = client;
  const finding = { client: id, sentence: '', observed: '', evidence: [end] };
  // Whether a real client was between two messages just then is chance: a pass would come and go with it.
  if (end.event.type !== 'rst') return role === 'relayed' ? [] : [{ ...finding, asDemanded: 'yes' }];
  const how = `reset (${end.event.code}) ${afterStop(recording, stop, end.event)}`;
  return [
    {
      ...finding,
      asDemanded: past === 'no' ? 'no' : 'unsure',
      sentence: `The connection of ${id} (${role}), which owed it no reply, was ${how}`,
      observed: how,
    },
  ];
}

/** A connection between two messages: unread bytes reset a connection by themselves, and drain.* speaks of those. */
function isSettled(recording: Recording, client: ClientView): boolean {
  if (client.role === 'stuck' || client.role === 'partial' || client.role === 'vanishing') return false;
  if (isInAcceptQueue(recording, client)) return false;
  return client.end !== undefined && unansweredAt(client, client.end).length === 0;
}
