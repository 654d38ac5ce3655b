import type { Recording } from '../../../harness/recording/recording.js';
import { isAboutOther } from '../../facts/client-run.js';
import { deadlineEnd } from '../../facts/deadline-end.js';
import {
  acceptedInWords,
  endInWords,
  imitatedSignal,
  isAccepted,
  ownExit,
  stopsBefore,
} from '../../facts/exits.js';
import { noStop, notApplicable, pass, places, straddling, untested } from '../../facts/judgements.js';
import { clip } from '../../facts/output.js';
import { leftByItself, type PeerView } from '../../facts/peers.js';
import { endedByHarness, firstStop, rootExit, type Stop } from '../../facts/stop.js';
import { peersAtStop, unansweredAtStop } from '../../facts/stopped-client.js';
import { duration, inWords } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';
import { findTraceback } from '../output/find-traceback.js';

/** `client.stops`: a client obeys its own stop signals. */
export const clientStops = requirement({
  id: 'client.stops',
  level: 'MUST',
  since: 2026,
  of: ['client', 'pair'],
  statement:
    'A client that is sent a stop signal is gone within its deadline, with an accepted exit status, without a traceback, and its connections are closed with FIN.',
  because:
    'Ctrl+C in a client is the normal end of its life. A traceback looks like a fault of the program; a connection that is reset makes the server log one of its own.',
  remedy: {
    general:
      'Handle the stop signals, or leave them to their default action; both are a clean end. Close the socket when you have read everything that came: unread bytes turn the FIN into a RST.',
    node: "process.once('SIGINT', () => socket.end()) and the same for SIGTERM; clear the timers, so that the event loop runs dry.",
    python:
      'Wrap main() in try/except KeyboardInterrupt, or install a handler that raises an exception of your own; use `with socket.create_connection(…)`, which closes on every way out.',
    go: 'signal.NotifyContext for os.Interrupt and syscall.SIGTERM; when the context is done call conn.Close() and return from main.',
    jvm: 'Close the socket in a shutdown hook. The JVM exits with 130 and 143 then: accept them with --exit-status, or end the hook with Runtime.getRuntime().halt(0).',
    shell: "trap 'exec 3>&-; exit 0' INT TERM; bash runs it once the command in front has ended.",
  },
  sources: ['RFC 9293 §3.6', 'signal(7)', 'the reference programs'],
  notApplicable: (recording) => isAboutOther(recording, 'stop'),
  judge(recording): Judgement {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const exit = ownExit(recording);
    if (exit && exit.event.atMs < stop.event.beforeMs)
      return notApplicable('the client had ended before it was sent the stop signal');
    const traceback = tracebackOf(recording, stop);
    if (traceback) return traceback;
    return inTime(recording, stop) ?? status(recording, stop) ?? connections(recording, stop);
  },
});

function tracebackOf(recording: Recording, stop: Stop): Judgement | undefined {
  const toMs = endedByHarness(recording)?.event.beforeMs ?? Number.POSITIVE_INFINITY;
  const traceback = findTraceback(recording, { fromMs: stop.event.beforeMs, toMs });
  if (!traceback) return undefined;
  return {
    outcome: 'fail',
    message: `The client answered ${stop.event.signal} with a ${traceback.runtime} traceback: ${traceback.quote}.`,
    expected: 'no traceback',
    observed: clip(traceback.quote),
    evidence: places(stop).concat(traceback.evidence),
  };
}

/** Undefined where it was gone in time. */
function inTime(recording: Recording, stop: Stop): Judgement | undefined {
  const end = deadlineEnd(recording, stop);
  if (end.inTime === 'yes') return undefined;
  const evidence = places(stop, end.gone, end.ended);
  const { signal } = stop.event;
  const elapsed = end.elapsed && inWords(end.elapsed);
  if (end.inTime === 'unsure') return straddling(`It was gone ${elapsed} after ${signal}`, evidence);
  if (end.inTime === 'unknown') return untested('the end of the client was not seen', evidence);
  if (unansweredAtStop(recording, stop))
    return notApplicable('the client was waiting for a reply: client.server-silent judges its end');
  return {
    outcome: 'fail',
    message: `The client was sent ${signal}, and was still there ${elapsed} later.`,
    expected: `gone within ${duration(recording.contract.deadlineMs)} of ${signal}`,
    observed: end.gone ? `gone after ${elapsed}` : `alive after ${elapsed}`,
    evidence,
  };
}

/** Undefined where its contract accepts the status. */
function status(recording: Recording, stop: Stop): Judgement | undefined {
  const exit = ownExit(recording);
  if (!exit || isAccepted(recording, exit)) return undefined;
  const observed = endInWords(exit.event);
  const imitated = imitatedSignal(recording, exit.event);
  const signals = stopsBefore(recording, exit).map(({ event }) => event.signal);
  return {
    outcome: 'fail',
    // As in exit.status: the shell's way of saying it is no fault, and not what supervisors take for a clean end.
    ...(imitated ? { level: 'SHOULD' } : {}),
    message: `The client answered ${stop.event.signal} with ${observed}.`,
    expected: acceptedInWords(recording, signals),
    observed,
    evidence: places(stop, exit),
  };
}

function connections(recording: Recording, stop: Stop): Judgement {
  const exit = rootExit(recording);
  const open = peersAtStop(recording, stop);
  for (const peer of open) {
    const left = leftByItself(recording, peer);
    if (left?.event.how === 'fin') continue;
    // A reply that came with the signal may lie unread: then the kernel resets, and the client could not help it.
    if (left && mayHaveUnread(peer, stop)) continue;
    return {
      outcome: 'fail',
      message: `The client ended on ${stop.event.signal}, and ${peer.id} was ${left ? 'reset' : 'not closed'}.`,
      expected: 'its connection closed with FIN',
      observed: left ? `${peer.id} was closed with RST` : `${peer.id} stayed open`,
      evidence: places(stop, left, exit),
    };
  }
  const end = deadlineEnd(recording, stop);
  const elapsed = end.elapsed ? inWords(end.elapsed) : 'soon';
  const closed =
    open.length === 0 ? 'it had no connection' : open.length === 1 ? 'with FIN' : `${open.length} with FIN`;
  return pass(
    `It was gone ${elapsed} after ${stop.event.signal}, ${closed}.`,
    places(stop, ...open.map(({ clientLeft }) => clientLeft), exit),
  );
}

/** What was sent so shortly before the stop was perhaps not read, in milliseconds. */
const shortlyMs = 100;

/** Whether something was sent that the client was not seen to have read when it was stopped. */
function mayHaveUnread({ sent, reads }: PeerView, stop: Stop): boolean {
  const readMs = reads.filter(({ event }) => event.atMs <= stop.event.beforeMs).at(-1)?.event.atMs;
  const sinceMs = readMs ?? stop.event.beforeMs - shortlyMs;
  return sent.some(({ event }) => event.atMs > sinceMs);
}
