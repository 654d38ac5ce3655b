import type { Recording } from '../../../harness/recording/recording.js';
import { isAboutOther } from '../../facts/client-run.js';
import { endInWords, isCrash, ownExit } from '../../facts/exits.js';
import { notApplicable, pass, places, untested } from '../../facts/judgements.js';
import { clip } from '../../facts/output.js';
import { type PeerView, peers, tellings } from '../../facts/peers.js';
import { spinsAfter, stormAfter } from '../../facts/spinning.js';
import { endedByHarness, firstStop, type Placed } from '../../facts/stop.js';
import { between, duration, inWords, isAtMost, window } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';
import { findTraceback } from '../output/find-traceback.js';

/** `client.server-lost`: a server that goes without a word. */
export const serverLost = requirement({
  id: 'client.server-lost',
  level: 'MUST',
  since: 2026,
  of: ['client', 'pair'],
  statement:
    'A client whose server goes without a notice (FIN, RST, or the death of its process) ends or reconnects, without a traceback and without a busy loop.',
  because:
    'Servers crash and networks break. A client that reads the empty end of the stream for ever takes a processor; one that connects again without a pause keeps the server from coming back; one that waits for ever looks alive and does nothing.',
  remedy: {
    general:
      'An empty read is the end of the connection: close the socket, and end or reconnect. Catch "connection reset" and "broken pipe" where you read and write, and log one line. Between two attempts to connect wait, and longer each time.',
    node: "Give the socket 'error' and 'close' listeners; reconnect from 'close' with setTimeout and a growing delay, never at once.",
    python:
      'recv() returns b"" at the end: break. Catch ConnectionError (reset, broken pipe, refused) around the exchange; between attempts time.sleep(delay) with a growing delay.',
    go: 'Return from the read loop on any error; io.EOF is the end. Reconnect with a time.Timer whose delay grows.',
    jvm: 'read() returns -1 and readLine() null at the end: leave the loop. Catch SocketException; reconnect through a ScheduledExecutorService with a growing delay.',
    shell:
      'read returns a status other than 0 at the end: `while read -r line <&3; do …; done`. Put a sleep into a loop that connects again.',
  },
  sources: ['RFC 9293 §3.6', 'recv(2), RETURN VALUE', 'the reference programs'],
  needsStop: false,
  notApplicable: (recording) => isAboutOther(recording, 'lost'),
  judge(recording): Judgement {
    const all = peers(recording);
    const first = all.find((peer): peer is Lost => isLost(recording, peer));
    const refused = all.find((peer) => peer.refused !== undefined);
    if (!first) return notApplicable(refused ? notPassedOn(refused) : whyNotLost);
    if (tellings(recording).length > 0) return notApplicable('the client was told before');
    if (firstStop(recording))
      return notApplicable('the client was sent a stop signal: client.stops judges its end');
    const judgement =
      tracebackOf(recording, first.serverLeft) ??
      spins(recording, first.serverLeft) ??
      copes(recording, first);
    // It may be the reset of the relay that it does not cope with, where the server would have refused it.
    return refused && judgement.outcome === 'fail' ? notApplicable(notPassedOn(refused)) : judgement;
  },
});

const whyNotLost = 'the server did not end a connection of the client in this run';

const notPassedOn = ({ id }: PeerView) =>
  `the server refused ${id}: the relay between them had accepted it, and can only reset it`;

type Lost = PeerView & { readonly serverLeft: NonNullable<PeerView['serverLeft']> };

function isLost(recording: Recording, peer: PeerView): peer is Lost {
  const { serverLeft, clientLeft, refused } = peer;
  if (refused !== undefined) return false;
  const ended = endedByHarness(recording);
  if (ended && serverLeft && serverLeft.event.atMs >= ended.event.beforeMs) return false;
  return serverLeft !== undefined && (!clientLeft || clientLeft.event.atMs >= serverLeft.event.beforeMs);
}

const hows = {
  fin: 'the server closed the connection',
  rst: 'the server reset the connection',
  killed: 'the server was killed',
} as const;

function tracebackOf(recording: Recording, lost: Lost['serverLeft']): Judgement | undefined {
  const toMs = endedByHarness(recording)?.event.beforeMs ?? Number.POSITIVE_INFINITY;
  const traceback = findTraceback(recording, { fromMs: lost.event.beforeMs, toMs });
  if (!traceback) return undefined;
  return {
    outcome: 'fail',
    message: `When ${hows[lost.event.how]}, the client wrote a ${traceback.runtime} traceback: ${traceback.quote}.`,
    expected: 'the client ends or reconnects without a traceback',
    observed: clip(traceback.quote),
    evidence: places(lost).concat(traceback.evidence),
  };
}

function spins(recording: Recording, lost: Lost['serverLeft']): Judgement | undefined {
  const expected = 'it ends, or waits between attempts to connect';
  const storm = stormAfter(recording, lost.event.beforeMs);
  if (storm) {
    const took = duration(storm.to.event.atMs - storm.from.event.atMs);
    return {
      outcome: 'fail',
      message: `When ${hows[lost.event.how]}, the client connected ${storm.count} times in ${took}, without a pause.`,
      expected,
      observed: `${storm.count} connections in ${took}`,
      evidence: places(lost, storm.from, storm.to),
    };
  }
  const spell = spinsAfter(recording, lost.event.beforeMs);
  if (!spell) return undefined;
  const used = duration(spell.to.event.processorMs - spell.from.event.processorMs);
  const took = duration(spell.to.event.atMs - spell.from.event.atMs);
  return {
    outcome: 'fail',
    message: `When ${hows[lost.event.how]}, the client ran in a busy loop: it used ${used} of processor time in ${took}.`,
    expected,
    observed: `${used} of processor time in ${took}`,
    evidence: places(lost, spell.from, spell.to),
  };
}

function copes(recording: Recording, { serverLeft: lost }: Lost): Judgement {
  const { deadlineMs, toleranceMs } = recording.contract;
  const exit = ownExit(recording);
  const again = peers(recording).find(
    ({ accepted }) => accepted !== undefined && accepted.event.atMs > lost.event.beforeMs,
  );
  const how = hows[lost.event.how];
  if (exit && isCrash(recording, exit.event))
    return failed(`When ${how}, the client crashed: ${endInWords(exit.event)}.`, endInWords(exit.event), [
      lost,
      exit,
    ]);
  if (again?.accepted)
    return pass(
      `It connected again ${inWords(since(recording, lost, again.accepted))} after ${how}.`,
      places(lost, again.accepted),
    );
  if (exit) {
    const elapsed = since(recording, lost, exit);
    const message = `It ended with ${endInWords(exit.event)}, ${inWords(elapsed)} after ${how}`;
    if (isAtMost(elapsed, deadlineMs + toleranceMs) !== 'no') return pass(`${message}.`, places(lost, exit));
    return failed(`${message}.`, `ended after ${inWords(elapsed)}`, [lost, exit]);
  }
  const ended = endedByHarness(recording);
  const untilMs = ended?.event.beforeMs ?? recording.events.at(-1)?.atMs ?? lost.event.atMs;
  const livedMs = untilMs - lost.event.atMs;
  if (livedMs <= deadlineMs)
    // Where every connection is turned away there is no wait for a connection, and what was to be seen was seen.
    return recording.run.scenario === 'lost/turned-away'
      ? pass(`It waits between attempts to connect (${duration(livedMs)} were watched).`, places(lost, ended))
      : untested('the run ended before the deadline of the client was over', places(lost, ended));
  return failed(
    `When ${how}, the client neither ended nor connected again in ${duration(livedMs)}.`,
    `alive and not connected after ${duration(livedMs)}`,
    [lost, ended],
  );
}

function since(recording: Recording, lost: Lost['serverLeft'], to: Placed) {
  const { beforeMs, atMs } = lost.event;
  return between({ minMs: beforeMs, maxMs: atMs }, window(recording, to.event));
}

function failed(message: string, observed: string, evidence: readonly (Placed | undefined)[]): Judgement {
  return {
    outcome: 'fail',
    message,
    expected: 'the client ends or reconnects within its deadline',
    observed,
    evidence: places(...evidence),
  };
}
