import type { EventOf } from '../harness/recording/events.js';
import type { Recording } from '../harness/recording/recording.js';
import { busyBefore } from './facts/busy.js';
import { idleHadToBeEnded } from './facts/idle-run.js';
import { mayBeLostToSuspension } from './facts/lost-signal.js';
import { endedByHarness, missedMoment, type Placed, rootExit, stopSignals } from './facts/stop.js';
import { keptFromServer } from './facts/withheld.js';
import { judgeDelivered } from './judge-delivered.js';
import { judgePair } from './judge-pair.js';
import type { Judgement, Level, Requirement } from './requirement.js';

/** One requirement's judgement of one run. */
export interface Judged {
  readonly requirement: Requirement;
  readonly recording: Recording;
  readonly level: Level;
  readonly judgement: Judgement;
}

/** Judges every recording by every requirement. Pure: the same recordings give the same verdicts. */
export function judgeAll(recordings: readonly Recording[], requirements: readonly Requirement[]): Judged[] {
  const sound = playedAsWritten(recordings);
  return recordings.flatMap((recording) =>
    requirements.map((requirement) => judgeAmong(requirement, recording, sound)),
  );
}

/** No run is compared with one in which the script of a suite of one's own was at fault. */
export function playedAsWritten(recordings: readonly Recording[]): Recording[] {
  return recordings.filter((recording) => missedMoment(recording)?.event.suite === undefined);
}

/** Judges one of these recordings by one requirement. */
export function judgeAmong(
  requirement: Requirement,
  recording: Recording,
  recordings: readonly Recording[],
): Judged {
  const judgement =
    recording.kind === 'pair'
      ? judgePair(requirement, recording, recordings, judgeOne)
      : judgeDelivered(requirement, recording, recordings, judgeOne);
  const lowered = judgement.outcome === 'fail' ? judgement.level : undefined;
  return { requirement, recording, level: lowered ?? requirement.level, judgement };
}

/** One requirement on one recording, after the rules that keep one cause from showing as many failures. */
export function judgeOne(
  requirement: Requirement,
  recording: Recording,
  siblings: readonly Recording[],
): Judgement {
  const { judgesEarly = false, needsOwnEnd = false, needsStop = true } = requirement;
  if (recording.run.early && !judgesEarly) {
    return { outcome: 'not-applicable', message: 'the signal came before the target was ready' };
  }
  const missed = missedMoment(recording);
  if (missed?.event.suite !== undefined) return unplayed(recording, missed);
  if (needsStop && !missed && stopSignals(recording).length === 0) {
    return { outcome: 'not-applicable', message: 'the target was sent no stop signal in this run' };
  }
  const reason = requirement.notApplicable?.(recording);
  if (reason !== undefined) return { outcome: 'not-applicable', message: reason };
  const ended = endedByHarness(recording);
  if (needsOwnEnd && ended) {
    return { outcome: 'not-applicable', message: whyEnded(recording, ended) };
  }
  const judgement = requirement.comparesRuns
    ? requirement.judge(recording, siblings)
    : judgedAlone(requirement, recording);
  const signal = stopSignals(recording)[0]?.event.signal;
  if (needsStop && judgement.outcome === 'fail' && mayBeLostToSuspension(recording, siblings)) {
    return {
      outcome: 'not-applicable',
      message: `${signal} came while the target was suspended, and had no effect in this run alone: survive.stopped judges that`,
    };
  }
  if (
    judgement.outcome === 'fail' &&
    requirement.needsEffect &&
    signal &&
    ended &&
    idleHadToBeEnded(siblings, signal)
  ) {
    return {
      outcome: 'not-applicable',
      message: `${signal} does not stop the target in time even when it is idle: deadline.holds says so`,
    };
  }
  if (
    judgement.outcome === 'fail' &&
    requirement.needsEffect &&
    ended &&
    recording.run.delivery !== 'process'
  ) {
    return {
      outcome: 'not-applicable',
      message: `${signal} does not stop the target in this way (${recording.run.delivery}): what judges its end says so`,
    };
  }
  // What has been seen has been seen; but what was to be seen after a moment that did not come was never played.
  if (!missed || judgement.outcome === 'fail') return judgement;
  return unplayed(recording, missed);
}

/** A root that had exited by itself did stop: what the harness ended is what it left. */
function whyEnded(recording: Recording, ended: Placed): string {
  const exit = rootExit(recording);
  return exit !== undefined && exit.index < ended.index
    ? 'the root exited, and the harness ended the processes that it left: tree.no-orphans judges that'
    : 'the target did not stop, and the harness ended it: deadline.holds says so';
}

/** Recordings do not change: what was judged when a run had finished need not be judged again for the report. */
const known = new WeakMap<Recording, Map<Requirement, Judgement>>();

function judgedAlone(requirement: Requirement, recording: Recording): Judgement {
  const ofRecording = known.get(recording) ?? new Map<Requirement, Judgement>();
  known.set(recording, ofRecording);
  const judgement = ofRecording.get(requirement) ?? requirement.judge(recording, [recording]);
  ofRecording.set(requirement, judgement);
  return judgement;
}

/**
 * On a quiet machine a missed moment is the target's doing, and would be missed again. Where the recording shows that
 * such a moment does not exist for this target, there was nothing to test.
 */
function unplayed(recording: Recording, missed: Placed<EventOf<'missed'>>): Judgement {
  const { moment, reason, lateMs } = missed.event;
  const message = `“${moment}” did not happen: ${reason}`;
  const evidence = [missed.index];
  if (missed.event.suite !== undefined) return { outcome: 'untested', message, evidence };
  const kept = keptFromServer(recording, missed);
  if (kept !== undefined) return { outcome: 'not-applicable', message: kept };
  const busy = busyBefore(recording, missed.event);
  if (busy === undefined)
    return { outcome: 'untested', message, evidence, ...(lateMs === undefined ? {} : { straddles: true }) };
  return { outcome: 'untested', message: `${message} (${busy})`, evidence, straddles: true };
}
