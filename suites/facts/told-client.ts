import type { Recording } from '../../harness/recording/recording.js';
import type { Judgement } from '../requirement.js';
import { notApplicable, pass, places, straddling, untested } from './judgements.js';
import { longestPauseMs } from './lock-step.js';
import { closingTime, leftByItself, type Manner, type Telling, tellings, watchedUntilMs } from './peers.js';
import { missedMoment } from './stop.js';
import { type Certainty, duration, inWords, isAtMost } from './time.js';

/** A told client has this long to close, from when it has read the notice, in milliseconds. */
const closesWithinMs = 1000;

/**
 * What a told client has for closing, in milliseconds. The kernel shows when the process has read, not when the program
 * has looked: runtimes read ahead. A client that waits for its reply looks at once; one between two exchanges does so,
 * at the latest, after its usual pause.
 */
function allowedMs({ peer, first, manner }: Telling): number {
  const last = peer.requests.filter(({ event }) => event.atMs <= first.event.beforeMs).at(-1);
  const answered =
    last === undefined ||
    manner === 'with-reply' ||
    peer.sent.some(({ event }) => event.beforeMs >= last.event.atMs && event.atMs < first.event.beforeMs);
  return closesWithinMs + (answered ? longestPauseMs(peer, first.event.beforeMs) : 0);
}

/** Whether a told client closed in time. `unknown`: it was not seen for long enough, or not seen to read. */
export function closedInTime(recording: Recording, telling: Telling): Certainty | 'unknown' {
  const elapsed = closingTime(recording, telling);
  const { deadlineMs, toleranceMs } = recording.contract;
  const boundMs = allowedMs(telling);
  const sentMs = telling.last.event.atMs;
  if (elapsed) {
    const certainty = isAtMost(elapsed, boundMs);
    if (telling.read || certainty === 'yes') return certainty;
    // When it read is not known: late is what comes after all that it was promised.
    return elapsed.maxMs > deadlineMs + toleranceMs ? 'no' : 'unknown';
  }
  const untilMs = watchedUntilMs(recording, telling.peer);
  if (telling.read) return untilMs - telling.read.event.atMs > boundMs ? 'no' : 'unknown';
  // Where its queue could not be seen nobody knows whether it has read.
  if (missedMoment(recording)) return 'unknown';
  return untilMs - sentMs > deadlineMs ? 'no' : 'unknown';
}

/** Whether the notice alone, in any of these runs, was recognised; undefined where it was never sent alone. */
export function knowsTheNotice(recordings: readonly Recording[]): boolean | undefined {
  const alone = recordings.flatMap((recording) =>
    tellings(recording)
      .filter(({ manner }) => manner === 'alone')
      .map((telling) => closedInTime(recording, telling)),
  );
  if (alone.length === 0) return undefined;
  return !alone.includes('no');
}

const hows: Readonly<Record<Manner, string>> = {
  alone: 'by itself',
  'with-reply': 'together with a reply',
  split: 'byte by byte',
};

/** Judges whether the client closed, on each connection on which it was told in one manner. */
export function judgeClosing(recording: Recording, manner: Manner): Judgement {
  const isPair = recording.kind === 'pair';
  if (isPair && manner !== 'alone')
    return notApplicable(
      'what comes together is chance between a server and its client: client.closes judges all notices',
    );
  const told = tellings(recording).filter((telling) => isPair || telling.manner === manner);
  let sure: Judgement | undefined;
  for (const telling of told) {
    const one = judgeOne(recording, telling);
    if (one.outcome === 'fail') return one;
    if (sure === undefined || one.outcome === 'untested') sure = one;
  }
  const how = isPair ? '' : ` ${hows[manner]}`;
  return sure ?? notApplicable(`the client was sent no notice${how} in this run`);
}

function judgeOne(recording: Recording, telling: Telling): Judgement {
  const { peer, last, read } = telling;
  const how = hows[telling.manner];
  const left = leftByItself(recording, peer);
  const elapsed = closingTime(recording, telling);
  const evidence = places(last, read, left);
  const since = read ? 'after it had read the notice' : 'after the notice was sent';
  const certainty = closedInTime(recording, telling);
  if (elapsed && certainty === 'yes')
    return pass(`It closed ${peer.id} ${inWords(elapsed)} ${since}.`, evidence);
  if (elapsed && certainty === 'unsure')
    return straddling(`It closed ${peer.id} ${inWords(elapsed)} ${since}`, evidence);
  const { serverLeft } = peer;
  if (certainty !== 'no' && serverLeft)
    return notApplicable(
      `the server ended ${peer.id} itself, ${duration(serverLeft.event.beforeMs - last.event.atMs)} after its notice: the client had no time of its own to close`,
    );
  if (certainty !== 'no')
    return untested(
      read
        ? 'the run ended before the client had to have closed'
        : 'it was not seen when the client read the notice',
      evidence,
    );
  const watched = duration(watchedUntilMs(recording, peer) - (read?.event.atMs ?? last.event.atMs));
  const observed = elapsed
    ? `closed ${inWords(elapsed)} ${since}`
    : read
      ? `still open ${watched} ${since}`
      : `not read by the client ${watched} ${since}`;
  return {
    outcome: 'fail',
    message: `The client was sent the notice ${how}: ${peer.id} was ${observed}${busy(telling)}.`,
    expected: expectedOf(telling),
    observed,
    evidence,
  };
}

function expectedOf(telling: Telling): string {
  const pauseMs = allowedMs(telling) - closesWithinMs;
  const within = `closed within ${duration(closesWithinMs)} of reading the notice`;
  return pauseMs > 0 ? `${within} (and of its own pause of ${duration(pauseMs)})` : within;
}

function busy({ peer, last }: Telling): string {
  const after = peer.requests.filter(({ event }) => event.atMs > last.event.atMs).length;
  if (after === 0) return '';
  return after === 1 ? ', and brought a further request' : `, and brought ${after} further requests`;
}
