import type { EventOf } from '../../../harness/recording/events.js';
import type { Recording } from '../../../harness/recording/recording.js';
import { type ClientView, clients } from '../../facts/clients.js';
import { type Finding, sumUp } from '../../facts/findings.js';
import { noStop } from '../../facts/judgements.js';
import { afterStop, serversEnd } from '../../facts/since-stop.js';
import {
  all,
  endedByHarness,
  firstStop,
  type Placed,
  rootExit,
  type Stop,
  treeGone,
} from '../../facts/stop.js';
import { between, duration, inWords, isAtMost, window } from '../../facts/time.js';
import { requirement } from '../../requirement.js';

const silenceMs = 1000;

export const lateClientsGetAnAnswer = requirement({
  id: 'drain.late-client',
  level: 'SHOULD',
  since: 2026,
  statement:
    'A client that connects after the stop signal is refused, told or served: never accepted and left in silence.',
  because:
    'A refused client goes to another instance at once; one that is left hanging waits for a server that will never answer.',
  remedy: {
    general:
      'Close the listening socket as the first step of the shutdown: new clients are refused by the kernel. A listener that stays open while nobody calls accept() still completes connections, into the accept queue. What has been accepted must be told, served or closed.',
    node: 'server.close() closes the listener at once. In a cluster the primary holds it: disconnect the workers and close it there.',
    python:
      'Close the listening socket itself (server.socket.close(), server_close()), not only the accept loop (shutdown()). With forked workers every process has a copy: all must close it.',
    go: 'srv.Shutdown closes the listeners first; with a listener of your own call ln.Close() before you wait for connections.',
    jvm: 'Close or unbind the ServerSocketChannel before awaitTermination; a rejected task of the executor must close its socket (RejectedExecutionHandler).',
  },
  needsEffect: true,
  sources: ['puma/puma#1808', 'pgjones/hypercorn#128', 'listen(2): backlog'],
  judge(recording) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const refused = all(recording, 'connect-failed').filter(
      ({ event, index }) => event.role === 'late' && event.instance === 0 && index > stop.index,
    );
    const accepted = clients(recording).filter(
      ({ role, instance, connected }) => role === 'late' && instance === 0 && connected.index > stop.index,
    );
    const findings = [
      ...refused.map(refusal),
      ...accepted.flatMap((client) => finding(recording, stop, client)),
    ];
    const wording = {
      expected: `refused, told, served or closed within ${duration(silenceMs)}`,
      none: 'no client tried to connect after the stop signal',
      well: (each: readonly Finding[]) =>
        `All late clients were refused, told, served or closed (${each.length} of ${each.length}).`,
    };
    return sumUp(findings, wording, stop);
  },
});

function refusal(refused: Placed<EventOf<'connect-failed'>>): Finding {
  const { client } = refused.event;
  return { client, asDemanded: 'yes', sentence: '', observed: '', evidence: [refused] };
}

function finding(recording: Recording, stop: Stop, client: ClientView): Finding[] {
  const { id, connected, told, events } = client;
  const end = serversEnd(recording, client);
  // Whoever waited for less has proved nothing by it: then the end of the server says how long the silence was.
  const silent = events.find(({ event }) => event.type === 'no-reply' && event.waitedMs >= silenceMs);
  const reply = client.exchanges.find((exchange) => exchange.reply)?.reply;
  const answer = [told[0], reply, endsByItself(recording, end) ? end : undefined].find(
    (each) => each !== undefined && (silent === undefined || each.index < silent.index),
  );
  if (answer) return [{ client: id, asDemanded: 'yes', sentence: '', observed: '', evidence: [answer] }];
  const came = afterStop(recording, stop, connected.event);
  const late = `${id} connected ${came}`;
  if (silent?.event.type === 'no-reply') {
    const waited = duration(silent.event.waitedMs);
    return [
      {
        client: id,
        asDemanded: 'no',
        sentence: `${late} and heard nothing in the ${waited} that it waited for a reply`,
        observed: `silence for ${waited}`,
        evidence: [connected, silent],
      },
    ];
  }
  const over = endedByHarness(recording) ?? rootExit(recording) ?? treeGone(recording);
  // It went away itself before anybody could see whether it would be answered.
  if (!over || client.end?.event.type === 'left') return [];
  const until = over.event.type === 'ended-by-harness' ? over.event.beforeMs : undefined;
  const last = until === undefined ? window(recording, over.event) : { minMs: until, maxMs: until };
  const wait = between(window(recording, connected.event), last);
  const waited = { minMs: wait.minMs, maxMs: Math.max(0, wait.maxMs) };
  return [
    {
      client: id,
      asDemanded: isAtMost(waited, silenceMs),
      sentence: `${late} and heard nothing in the ${inWords(waited)} until the server ended`,
      observed: `silence for ${inWords(waited)}`,
      evidence: [connected, end, over],
    },
  ];
}

/** True where the server closed the connection while it was there; its exit closes every connection. */
function endsByItself(recording: Recording, end: Placed | undefined): boolean {
  const exit = rootExit(recording) ?? treeGone(recording);
  return end !== undefined && (exit === undefined || end.event.atMs < window(recording, exit.event).minMs);
}
