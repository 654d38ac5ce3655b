import { type SignalName, signalNumber } from '../../harness/contract/signal-name.js';
import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import {
  delivered,
  endedByHarness,
  firstStop,
  ofFirstInstance,
  type Placed,
  rootExit,
  stopSignals,
} from './stop.js';
import { between, type Certainty, type Interval, isAtLeast, window } from './time.js';

type Exit = Placed<EventOf<'exit'>>;

/** Signals that the kernel or the C library send to a program that went wrong (signal(7)). */
const crashSignals: ReadonlySet<SignalName> = new Set<SignalName>([
  'SIGSEGV',
  'SIGABRT',
  'SIGIOT',
  'SIGBUS',
  'SIGILL',
  'SIGFPE',
  'SIGSYS',
  'SIGTRAP',
  'SIGPIPE',
]);

/** An exit this long after a repeated stop signal is put down to that signal, in milliseconds. */
const releaseMs = 1000;

/** The exit of the first instance's root, unless it was the harness that ended it. */
export function ownExit(recording: Recording): Exit | undefined {
  const exit = rootExit(recording);
  const ended = endedByHarness(recording);
  // The exit that a SIGKILL of the harness causes may be observed before the call is recorded as done.
  return exit && (!ended || exit.event.atMs <= ended.event.beforeMs) ? exit : undefined;
}

/** The signals that were sent to one instance of the target (without an error), in order. */
export function sentSignals(recording: Recording, instance = 0): SignalName[] {
  return recording.events.flatMap((event) =>
    event.type === 'signal' && event.instance === instance && event.error === undefined ? [event.signal] : [],
  );
}

/** Death by a signal that tells of a fault, and that nobody sent. */
export function isCrash(recording: Recording, exit: EventOf<'exit'>): boolean {
  return (
    exit.signal !== null &&
    crashSignals.has(exit.signal) &&
    !sentSignals(recording, exit.instance).includes(exit.signal)
  );
}

/** The stop signals that were sent before the root was seen to have exited. */
export function stopsBefore(recording: Recording, exit: Exit): Placed<EventOf<'signal'>>[] {
  return stopSignals(recording).filter(({ event }) => event.beforeMs <= exit.event.atMs);
}

/** Whether the target exited within a second of a second or later stop signal: that end was forced, not graceful. */
export function releasedByRepeat(recording: Recording): boolean {
  const exit = ownExit(recording);
  if (!exit) return false;
  const [, ...repeats] = stopsBefore(recording, exit);
  const exited = window(recording, exit.event);
  return repeats.some((repeat) => between(delivered(recording, repeat), exited).minMs <= releaseMs);
}

/** A signal that comes again sooner than this is a duplicate, and no wish to force the end, in milliseconds. */
const patienceMs = 1000;

/** The same, for a repeat that came so long after the first signal that it may be meant to force the end. */
export function forcedByRepeat(recording: Recording): boolean {
  const exit = ownExit(recording);
  if (!exit) return false;
  const [first, ...repeats] = stopsBefore(recording, exit);
  const exited = window(recording, exit.event);
  const patientMs = Math.min(patienceMs, recording.contract.deadlineMs / 2);
  return repeats.some((repeat) => {
    const at = delivered(recording, repeat);
    const isPatient = first && between(delivered(recording, first), at).maxMs >= patientMs;
    return isPatient && between(at, exited).minMs <= releaseMs;
  });
}

/** From the first stop signal to the exit; undefined where the exit came first. */
export function sinceStop(recording: Recording, exit: Exit): Interval | undefined {
  const stop = firstStop(recording);
  return stop && stop.event.beforeMs <= exit.event.atMs
    ? between(stop.delivered, window(recording, exit.event))
    : undefined;
}

/** Whether the exit came so late that it may have been the deadline, not the end of the work, that caused it. */
export function isForcedByDeadline(recording: Recording, elapsed: Interval): Certainty {
  const { deadlineMs, toleranceMs } = recording.contract;
  // A tolerance as long as the deadline would call every exit forced.
  return isAtLeast(elapsed, Math.max(deadlineMs - toleranceMs, deadlineMs / 2));
}

/** Whether the contract accepts this end after a stop: a listed status, or death by a stop signal that was sent. */
export function isAccepted(recording: Recording, exit: Exit): boolean {
  const { code, signal } = exit.event;
  if (code !== null) return recording.contract.exitStatus.includes(code);
  return (
    recording.contract.exitStatus.includes('signal') &&
    stopsBefore(recording, exit).some(({ event }) => event.signal === signal)
  );
}

/** The signal n that was sent to the target where it exited with the status 128+n; otherwise undefined. */
export function imitatedSignal(recording: Recording, exit: EventOf<'exit'>): SignalName | undefined {
  return sentSignals(recording, exit.instance).find(
    (signal) => exit.code !== null && exit.code === 128 + (signalNumber(signal) ?? Number.NaN),
  );
}

/** Whether two ends are the same: the same status, or death by the same signal. */
export function isSameEnd(one: EventOf<'exit'>, other: EventOf<'exit'>): boolean {
  return one.code === other.code && one.signal === other.signal;
}

/** `exit status 1`, `death by SIGTERM`. */
export function endInWords(exit: EventOf<'exit'>): string {
  return exit.signal === null ? `exit status ${exit.code}` : `death by ${exit.signal}`;
}

/** `exit status 0, or death by SIGTERM`. */
export function acceptedInWords(recording: Recording, signals: readonly SignalName[]): string {
  return recording.contract.exitStatus
    .map((accepted) =>
      accepted === 'signal' ? `death by ${signals.join(' or ')}` : `exit status ${accepted}`,
    )
    .join(', or ');
}

/** The run without clients for one stop signal, to which other runs are compared. */
export function idleRun(siblings: readonly Recording[], signal: SignalName): Recording | undefined {
  return siblings.find(({ run }) => run.scenario === 'idle' && run.signal === signal && !run.early);
}

/**
 * Whether a bad end of this run belongs to `repeat.no-crash`: more than one stop signal was sent before it, and one
 * alone (the run `idle`) does not end the target in the same way.
 */
export function isOfRepeat(recording: Recording, siblings: readonly Recording[]): boolean {
  const exit = ownExit(recording);
  if (!exit || recording.run.early) return false;
  const stops = stopsBefore(recording, exit);
  return stops.length > 1 && !endsLikeIdle(recording, siblings);
}

/** Whether the run `idle` of one of its stop signals, which sends no other, ended in the same way. */
export function endsLikeIdle(recording: Recording, siblings: readonly Recording[]): boolean {
  const exit = ownExit(recording);
  if (!exit) return false;
  return stopsBefore(recording, exit).some(({ event }) => {
    const idle = idleRun(siblings, event.signal);
    const idleExit = idle && idle !== recording ? ownExit(idle) : undefined;
    return idleExit !== undefined && isSameEnd(exit.event, idleExit.event);
  });
}

/** The root process of the first instance. */
export function rootPid(recording: Recording): number | undefined {
  return ofFirstInstance(recording, 'spawned')[0]?.event.pid ?? rootExit(recording)?.event.pid;
}
