import type { Recording } from '../../../harness/recording/recording.js';
import { type ClientView, clientsAtStop } from '../../facts/clients.js';
import { type Finding, sumUp } from '../../facts/findings.js';
import { noStop } from '../../facts/judgements.js';
import { afterStop, hurrySinceStop } from '../../facts/since-stop.js';
import { firstStop, type Stop } from '../../facts/stop.js';
import { duration, isAtMost } from '../../facts/time.js';
import { noNotice, toldSince } from '../../facts/told.js';
import { requirement } from '../../requirement.js';

const promptMs = 1000;

export const noticeIsPrompt = requirement({
  id: 'notice.prompt',
  level: 'SHOULD',
  since: 2026,
  statement:
    'The notice comes within 1 s of the stop signal, without waiting for the client to send something first.',
  because: 'What the notice takes to arrive is taken from the time that the client has to finish.',
  remedy: {
    general:
      'Let the signal wake the thread or loop that owns the connections, and write the notice from there at once. If connections are looked after by blocking reads, wake them: by a self-pipe or eventfd in their poll set, by a read time-out of well under a second, or by shutting down their receiving side.',
    node: 'Write the notice to all sockets in the signal listener itself. If it comes late, something blocks the event loop: look for synchronous work (fs.*Sync, large JSON, crypto).',
    python:
      'A signal handler runs in the main thread, between bytecodes: keep the main thread in an interruptible wait (Event.wait, selector with signal.set_wakeup_fd), and send from there. Connection threads that check a flag need `sock.settimeout(0.5)`.',
    go: 'Select on ctx.Done() beside the channel that the reading goroutine fills; a plain conn.Read is woken by conn.SetReadDeadline(time.Now()).',
    jvm: 'With NIO call selector.wakeup() from the shutdown hook; with blocking sockets set setSoTimeout(500) or write from the hook.',
  },
  needsEffect: true,
  sources: ['envoyproxy/envoy#14350', 'cloudflare/pingora#388'],
  notApplicable: noNotice,
  judge(recording) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const findings = clientsAtStop(recording, stop).flatMap((client) => finding(recording, stop, client));
    const wording = {
      expected: `the notice within ${duration(promptMs)} of ${stop.event.signal}`,
      none: 'no client that was reading was told (notice.every-client says whether one should have been)',
      well: (all: readonly Finding[]) =>
        `All notices came within ${duration(promptMs)} (${all.length} of ${all.length}).`,
    };
    return sumUp(findings, wording, stop);
  },
});

function finding(recording: Recording, stop: Stop, client: ClientView): Finding[] {
  const [told] = toldSince(recording, stop, client);
  if (!told || client.role === 'stuck') return [];
  // A client that did not read cannot say when the notice came.
  if (client.events.some(({ index, event }) => event.type === 'paused' && index < told.index)) return [];
  const when = afterStop(recording, stop, told.event);
  const spoke = client.exchanges.findLast(
    ({ request }) => request.index < told.index && request.index > stop.index,
  );
  return [
    {
      client: client.id,
      asDemanded: isAtMost(hurrySinceStop(recording, stop, told.event), promptMs),
      sentence: `${client.id} (${client.role}) was told only ${when}${spoke ? `, after its request ${spoke.number}` : ''}`,
      observed: `told ${when}`,
      evidence: [spoke?.request, told],
    },
  ];
}
