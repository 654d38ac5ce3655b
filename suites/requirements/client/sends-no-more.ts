import type { EventOf } from '../../../harness/recording/events.js';
import type { Recording } from '../../../harness/recording/recording.js';
import { isAboutOther } from '../../facts/client-run.js';
import { notApplicable, pass, places } from '../../facts/judgements.js';
import { waitedForReply } from '../../facts/lock-step.js';
import { leftByItself, type Telling, tellings } from '../../facts/peers.js';
import type { Placed } from '../../facts/stop.js';
import { duration, window } from '../../facts/time.js';
import { closedInTime } from '../../facts/told-client.js';
import { requirement } from '../../requirement.js';

/** `client.sends-no-more`: after the notice there are no further requests. */
export const sendsNoMore = requirement({
  id: 'client.sends-no-more',
  level: 'MUST',
  since: 2026,
  of: ['client', 'pair'],
  statement: 'A client that has read the notice sends no further request on that connection.',
  because:
    'Nobody promises to answer it: the request is lost, or it is carried out and its reply is, and the client does not know which. Bytes that the server has not read when it closes also turn its FIN into a RST.',
  remedy: {
    general:
      'On the notice stop whatever sends (a timer, a queue, a second thread) before you close. Say goodbye with the close itself, not with a message.',
    node: 'clearInterval the sender and set a flag that the sending function looks at, then socket.end() without data.',
    python:
      'Set the threading.Event that the sending thread waits on, or cancel the sending task, before the socket is closed.',
    go: 'Cancel the context of the sending goroutine, and wait for it, before conn.Close().',
    jvm: 'Shut the scheduler that sends down (shutdownNow) before you close the socket.',
  },
  sources: ['RFC 9293 §3.6.1', 'the reference programs'],
  needsStop: false,
  notApplicable: (recording) => isAboutOther(recording, 'notice'),
  judge(recording) {
    const told = tellings(recording);
    if (told.length === 0) return notApplicable('the client was sent no notice in this run');
    // A client that goes on as if nothing had been said has not recognised it, and sends for that reason.
    const obeyed = told.filter(
      (telling) => leftByItself(recording, telling.peer) && closedInTime(recording, telling) !== 'no',
    );
    if (obeyed.length === 0)
      return notApplicable('the client did not obey the notice: another requirement says so');
    for (const telling of obeyed) {
      const late = firstAfter(recording, telling);
      if (!late) continue;
      const { exchange } = late.event;
      const after = duration(late.event.atMs - telling.last.event.atMs);
      return {
        outcome: 'fail',
        message: `The client sent request ${exchange} on ${telling.peer.id} after it had ${telling.read ? 'read' : 'been sent'} the notice.`,
        expected: 'no request after the notice was read',
        observed: `request ${exchange}, ${after} after the notice was sent`,
        evidence: places(telling.last, telling.read, late),
      };
    }
    const evidence = places(...obeyed.flatMap(({ last, read, peer }) => [last, read, peer.clientLeft]));
    return pass('No request came after the client had read the notice.', evidence);
  },
});

/**
 * The first request that was certainly sent in spite of the notice. Between two exchanges one request may cross it, or
 * be sent before the program looks at what its runtime has read: that one is nobody's fault. A client that was waiting
 * for its reply sends only because of what it has read.
 */
function firstAfter(recording: Recording, telling: Telling): Placed<EventOf<'client-request'>> | undefined {
  const { peer, last } = telling;
  const fromMs = last.event.atMs;
  const after = peer.requests.filter(({ event }) => window(recording, event).minMs > fromMs);
  if (telling.manner === 'alone' && waitedForReply(telling)) {
    return peer.requests.find(({ event }) => event.atMs > fromMs);
  }
  return after[1];
}
