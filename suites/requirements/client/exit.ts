import type { Recording } from '../../../harness/recording/recording.js';
import { isAboutOther } from '../../facts/client-run.js';
import { endInWords, ownExit } from '../../facts/exits.js';
import { notApplicable, pass, places, straddling, untested } from '../../facts/judgements.js';
import { clip } from '../../facts/output.js';
import { leftByItself, peers, type Telling, tellings } from '../../facts/peers.js';
import { all, endedByHarness } from '../../facts/stop.js';
import { between, duration, inWords, isAtMost, window } from '../../facts/time.js';
import { closedInTime } from '../../facts/told-client.js';
import { type Judgement, requirement } from '../../requirement.js';
import { findTraceback } from '../output/find-traceback.js';

/** `client.exit`: what a client does once it was told and has closed. */
export const clientExit = requirement({
  id: 'client.exit',
  level: 'MUST',
  since: 2026,
  of: ['client', 'pair'],
  statement:
    'A client that was told and has closed ends with an accepted exit status (or, where its contract says that it reconnects, goes on living), without a traceback.',
  because:
    'A shutdown that was announced is no error: whoever started the client reads its status, and would retry, page somebody, or stop a script half-way.',
  remedy: {
    general:
      'Let the program come to its end after the close: return from the main function, and give up everything that keeps the process alive. Treat the notice as a normal event, not by raising an error that nobody catches. A client that reconnects keeps its loop, and begins with a new connection.',
    node: "Clear timers and close readline interfaces, so that the event loop runs dry; give the socket an 'error' listener.",
    python:
      'Leave the loop with break and return from main(); join or mark as daemon what else runs. Do not raise an exception of your own for the notice unless main() catches it.',
    go: 'Return from main after conn.Close(); io.EOF and net.ErrClosed after that are no reasons for log.Fatal.',
    jvm: 'Shut executors down: their threads keep the JVM alive. Catch the SocketException that a read in another thread throws after the close.',
    shell:
      "End with `exit 0`: otherwise the status of the last command (often of `read`, 1) is the script's.",
  },
  sources: ['the reference programs', 'wait(2)'],
  needsStop: false,
  notApplicable: (recording) => isAboutOther(recording, 'notice'),
  judge(recording) {
    const told = tellings(recording);
    const [first] = told;
    if (!first) return notApplicable('the client was sent no notice in this run');
    const obeyed = told.every(
      (telling) =>
        leftByItself(recording, telling.peer) !== undefined && closedInTime(recording, telling) !== 'no',
    );
    if (!obeyed) return notApplicable('the client did not obey the notice: another requirement says so');
    const traceback = tracebackOf(recording, first);
    if (traceback) return traceback;
    return recording.contract.afterNotice === 'reconnect'
      ? livesOn(recording, first)
      : ends(recording, first);
  },
});

function tracebackOf(recording: Recording, { first }: Telling): Judgement | undefined {
  const toMs = endedByHarness(recording)?.event.beforeMs ?? Number.POSITIVE_INFINITY;
  const traceback = findTraceback(recording, { fromMs: first.event.beforeMs, toMs });
  if (!traceback) return undefined;
  return {
    outcome: 'fail',
    message: `The told client wrote a ${traceback.runtime} traceback: ${traceback.quote}.`,
    expected: 'no traceback after the notice',
    observed: clip(traceback.quote),
    evidence: places(first).concat(traceback.evidence),
  };
}

function ends(recording: Recording, telling: Telling): Judgement {
  const { deadlineMs, toleranceMs, exitStatus } = recording.contract;
  const boundMs = deadlineMs + toleranceMs;
  const left = leftByItself(recording, telling.peer);
  const fromMs = telling.read?.event.atMs ?? telling.last.event.atMs;
  const exit = ownExit(recording);
  const accepted = exitStatus.filter((status) => status !== 'signal');
  const expected = `exit status ${accepted.join(' or ')} within ${duration(deadlineMs)} of the notice`;
  if (!exit) {
    const ended = endedByHarness(recording);
    const livedMs = (ended?.event.beforeMs ?? fromMs) - fromMs;
    const evidence = places(telling.last, left, ended);
    if (livedMs <= boundMs) return untested('the run ended before its deadline was over', evidence);
    return {
      outcome: 'fail',
      message: `The client closed its connection, and still lived ${duration(livedMs)} after it was told.`,
      expected,
      observed: `alive after ${duration(livedMs)}`,
      evidence,
    };
  }
  const elapsed = between(
    { minMs: telling.read?.event.sinceMs ?? telling.last.event.beforeMs, maxMs: fromMs },
    window(recording, exit.event),
  );
  const evidence = places(telling.last, left, exit);
  const end = endInWords(exit.event);
  const message = `The told client ended with ${end}, ${inWords(elapsed)} after the notice`;
  const isRight = exit.event.code !== null && accepted.includes(exit.event.code);
  const inTime = isAtMost(elapsed, boundMs);
  if (isRight && inTime === 'yes') return pass(`${message}.`, evidence);
  if (isRight && inTime === 'unsure') return straddling(message, evidence);
  return { outcome: 'fail', message: `${message}.`, expected, observed: end, evidence };
}

function livesOn(recording: Recording, telling: Telling): Judgement {
  const { deadlineMs } = recording.contract;
  const left = leftByItself(recording, telling.peer);
  const exit = ownExit(recording);
  const expected = `a new connection within ${duration(deadlineMs)}, as --after-notice reconnect promises`;
  const again = peers(recording).find(
    ({ accepted }) => accepted !== undefined && accepted.event.atMs > telling.last.event.atMs,
  );
  const evidence = places(telling.last, left, again?.accepted, exit);
  if (exit && !again) {
    const observed = endInWords(exit.event);
    const message = `The client is to reconnect after the notice, and ended with ${observed}.`;
    return { outcome: 'fail', message, expected, observed, evidence };
  }
  if (again) return pass(`It lives on, and connected again (${again.id}).`, evidence);
  const ended = endedByHarness(recording);
  const fromMs = telling.last.event.atMs;
  const livedMs = (ended?.event.beforeMs ?? all(recording, 'moment').at(-1)?.event.atMs ?? fromMs) - fromMs;
  if (livedMs <= deadlineMs) return untested('the run ended before its deadline was over', evidence);
  return {
    outcome: 'fail',
    message: `The client lives on after the notice, and did not connect again in ${duration(livedMs)}.`,
    expected,
    observed: `no new connection in ${duration(livedMs)}`,
    evidence,
  };
}
