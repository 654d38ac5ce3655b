import { isAboutOther } from '../../facts/client-run.js';
import { deadlineEnd } from '../../facts/deadline-end.js';
import { noStop, notApplicable, pass, places, straddling, untested } from '../../facts/judgements.js';
import { firstStop } from '../../facts/stop.js';
import { isDeafAnyway, unansweredAtStop } from '../../facts/stopped-client.js';
import { duration, inWords } from '../../facts/time.js';
import { requirement } from '../../requirement.js';

/** In others a request may cross the signal: that its reply is late is chance. */
const silent: ReadonlySet<string> = new Set(['silent-server', 'silent-from-first', 'pair-client-waits']);

/** `client.server-silent`: waiting for a reply that never comes is no reason not to hear. */
export const serverSilent = requirement({
  id: 'client.server-silent',
  level: 'SHOULD',
  since: 2026,
  of: ['client', 'pair'],
  statement:
    'A client whose server neither answers nor closes still obeys its own stop signals: it is gone within its deadline.',
  because:
    'A server that hangs is when people press Ctrl+C. A client that only looks at its flag between two exchanges waits for a reply that never comes, and has to be killed.',
  remedy: {
    general:
      'A flag that the handler sets is looked at only when the read returns, and the read is restarted after the handler. Let the read be interrupted: wait for the socket and for the signal at once, close the socket from the handler, or give reads a timeout.',
    node: 'In the handler call socket.end() (or destroy()) and clear the timers, instead of setting a flag that the next reply looks at.',
    python:
      'recv() goes on after a handler that returns (PEP 475). Raise an exception of your own in the handler and catch it around the loop, use signal.set_wakeup_fd with select, sock.settimeout(…), or asyncio with loop.add_signal_handler(…, task.cancel).',
    go: 'From the goroutine that gets the signal call conn.SetReadDeadline(time.Now()) or conn.Close(): the blocked Read returns.',
    jvm: 'In the shutdown hook close the socket: the blocked read throws SocketException, which the reading thread takes for the end.',
    shell:
      'A trap runs when `read` returns; give it a timeout (read -t 1) in a loop, or do not trap the signal at all.',
  },
  sources: ['PEP 475', 'signal(7), Interruption of system calls'],
  comparesRuns: true,
  notApplicable: (recording) =>
    isAboutOther(recording, 'stop') ??
    (silent.has(recording.run.scenario) ? undefined : 'the server of this run answers'),
  judge(recording, siblings) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const waiting = unansweredAtStop(recording, stop);
    if (!waiting) return notApplicable('the client was not waiting for a reply that never came');
    const end = deadlineEnd(recording, stop);
    const evidence = places(waiting, stop, end.gone, end.ended);
    const { signal } = stop.event;
    const elapsed = end.elapsed && inWords(end.elapsed);
    if (end.inTime === 'yes')
      return pass(`Waiting for a reply, it was gone ${elapsed} after ${signal}.`, evidence);
    if (end.inTime === 'unsure')
      return straddling(`Waiting for a reply, it was gone ${elapsed} after ${signal}`, evidence);
    if (end.inTime === 'unknown') return untested('the end of the client was not seen', evidence);
    if (isDeafAnyway(siblings, recording))
      return notApplicable(
        `${signal} does not end the client in time when its server answers either: client.stops says so`,
      );
    return {
      outcome: 'fail',
      message: `The client was waiting for a reply when it was sent ${signal}, and was still there ${elapsed} later.`,
      expected: `gone within ${duration(recording.contract.deadlineMs)} of ${signal}`,
      observed: end.gone ? `gone after ${elapsed}` : `alive after ${elapsed}`,
      evidence,
    };
  },
});
