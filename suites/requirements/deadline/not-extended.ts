import type { Recording } from '../../../harness/recording/recording.js';
import { type DeadlineEnd, deadlineEnd, leftInWords } from '../../facts/deadline-end.js';
import { noStop, notApplicable, pass, places, straddling, untested } from '../../facts/judgements.js';
import { delivered, firstStop, missedMoment, rootExit, type Stop, stopSignals } from '../../facts/stop.js';
import { between, duration, type Interval, inWords } from '../../facts/time.js';
import type { Judgement } from '../../requirement.js';
import { requirement } from '../../requirement.js';

export const deadlineIsNotExtended = requirement({
  id: 'deadline.not-extended',
  level: 'MUST',
  since: 2026,
  statement: 'Further stop signals do not move the deadline: it counts from the first.',
  because:
    'Supervisors, wrappers and impatient people repeat the signal; a server that starts its countdown again each time outlives the SIGKILL that it wanted to avoid.',
  remedy: {
    general:
      'Compute the end of the grace period once, at the first signal, and keep it as a point in time ("stop by"), not as a remaining length. A second signal finds the flag set and returns, or makes the server leave at once; it never starts the shutdown again.',
    node: 'let stopping = false; function shutdown() { if (stopping) return; stopping = true; … setTimeout(forceExit, 4_500).unref(); } Register it with process.on, not process.once: after `once` the second signal has its default action and kills.',
    python:
      'Do not count down inside the handler: the same handler runs again on top of itself and starts a new countdown. Let it do `stop.set()` only, and let the main thread compute `stop_by = time.monotonic() + 4.5` once.',
    go: 'Read the signal channel once, then srv.Shutdown(ctx) with one context.WithTimeout; do not loop over the channel with a new context for every signal. After signal.NotifyContext call stop() if a second signal shall kill.',
    jvm: 'Shutdown hooks run once; further signals change nothing. With a handler of your own (sun.misc.Signal) guard it with an AtomicBoolean.compareAndSet(false, true).',
    shell:
      'Make the trap idempotent: set the trap to ignore as its first command (`trap "" TERM INT`), remember `deadline=$((SECONDS + 5))` once, and `wait` in a loop until then.',
  },
  needsEffect: true,
  sources: ['signal(7)', 'sigaction(2): SA_NODEFER', 'systemd.kill(5)'],
  comparesRuns: true,
  notApplicable: (recording) =>
    stopSignals(recording).length > 1 || isRepeatMissed(recording)
      ? undefined
      : 'only one stop signal was sent: deadline.holds judges that',
  judge(recording, siblings) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const signals = stopSignals(recording);
    if (signals.length < 2) return notApplicable('only one stop signal was sent: deadline.holds judges that');
    const end = deadlineEnd(recording, stop);
    const last = signals.at(-1);
    const evidence = places(stop, last, rootExit(recording), end.gone, end.ended);
    if (end.elapsed === undefined) return untested('the end of the process tree was not seen', evidence);
    const afterFirst = (time: Interval) =>
      `${inWords(time)} after the first of ${signals.length} stop signals`;
    const elapsed = afterFirst(end.elapsed);
    switch (end.inTime) {
      case 'yes':
        if (together.has(recording.run.scenario)) return notApplicable(sameTime);
        return tells(recording, stop, end.elapsed)
          ? pass(`The whole process tree was gone ${elapsed}.`, evidence)
          : {
              ...untested(`the tree was gone ${elapsed}, ${tooLate(recording, stop)}`, evidence),
              straddles: true,
            };
      case 'unsure':
        return straddling(
          `the tree was ${end.gone ? 'gone' : 'still there'} ${afterFirst(end.alone ?? end.elapsed)}`,
          evidence,
        );
      case 'unknown':
        return untested(`the harness ended the target ${elapsed}, before its deadline was over`, evidence);
      case 'no':
        return late(recording, stop, end, end.elapsed, counterpart(recording, siblings), evidence);
    }
  },
});

const repeating: ReadonlySet<string> = new Set(['repeated-signal', 'second-interrupt', 'pair-repeated']);

/** Their signals come within the tolerance: only a target that is late tells something about its deadline. */
const together: ReadonlySet<string> = new Set(['signal-burst', 'mixed-signals']);
const sameTime = 'its signals come together: a deadline that counts from the last would look the same';

/** The run that has the same clients, and one signal. */
function singleOf({ kind, run }: Recording): string {
  if (kind === 'pair') return 'pair-served';
  return run.scenario === 'signal-burst' ? 'slow-request' : 'stuck-client';
}

/** The run was to repeat the signal, and a moment was missed before it could. */
function isRepeatMissed(recording: Recording): boolean {
  return repeating.has(recording.run.scenario) && missedMoment(recording) !== undefined;
}

/**
 * Whether a target that was gone in time shows that no signal moved its deadline. One that was gone before the deadline
 * did not use it. Otherwise some repeat must have come so late that a countdown from there would have ended too late,
 * and not so late, as on a busy machine, that the target was already leaving.
 */
function tells(recording: Recording, stop: Stop, elapsed: Interval): boolean {
  const { deadlineMs, toleranceMs } = recording.contract;
  const leavesMs = deadlineMs - toleranceMs;
  const isTelling = ({ minMs, maxMs }: Interval) => minMs > toleranceMs && maxMs < leavesMs;
  return elapsed.maxMs < leavesMs || repeats(recording, stop).some(isTelling);
}

/** How long after the first signal each further one was delivered. */
function repeats(recording: Recording, stop: Stop): Interval[] {
  return stopSignals(recording)
    .slice(1)
    .map((signal) => between(stop.delivered, delivered(recording, signal)));
}

function tooLate(recording: Recording, stop: Stop): string {
  const last = repeats(recording, stop).at(-1)?.maxMs ?? 0;
  return `and no repeat came at a time that tells: the last was sent ${duration(last)} after the first`;
}

/** What one signal leads to in the same situation, as far as it was played. */
type Counterpart = 'held' | 'broken' | 'unsure' | 'not played';

/** A repeated signal can only be blamed where one signal alone keeps the deadline, with a client just as stuck. */
function counterpart(recording: Recording, siblings: readonly Recording[]): Counterpart {
  const played = siblings.filter(
    (each) => each.run.scenario === singleOf(recording) && stopSignals(each).length === 1,
  );
  const single = played.find((each) => each.run.signal === recording.run.signal) ?? played[0];
  const stop = single && firstStop(single);
  if (!stop) return 'not played';
  const { inTime } = deadlineEnd(single, stop);
  return ({ yes: 'held', no: 'broken', unsure: 'unsure', unknown: 'not played' } as const)[inTime];
}

function late(
  recording: Recording,
  stop: Stop,
  end: DeadlineEnd,
  elapsed: Interval,
  alone: Counterpart,
  evidence: readonly number[],
): Judgement {
  if (alone === 'broken') {
    return notApplicable('the deadline does not hold without repeated signals either: see deadline.holds');
  }
  if (alone === 'unsure') {
    const why = `whether it holds after a single signal is not certain (${singleOf(recording)})`;
    return untested(`the deadline did not hold after repeated signals, and ${why}`, evidence);
  }
  const unproven =
    alone === 'not played'
      ? `; the run ${singleOf(recording)}, which shows it with one signal, was not played`
      : '';
  return {
    outcome: 'fail',
    message: `${sentence(recording, stop, end, elapsed)}${unproven}.`,
    expected: `gone within ${duration(recording.contract.deadlineMs)} of the first ${stop.event.signal}`,
    observed: `${end.ended ? 'not stopped' : 'gone'} ${inWords(elapsed)} after the first signal`,
    evidence,
  };
}

function sentence(recording: Recording, stop: Stop, end: DeadlineEnd, elapsed: Interval): string {
  const over = end.gone ?? end.ended;
  const signals = stopSignals(recording).filter(({ index }) => over === undefined || index < over.index);
  const { deadlineMs, toleranceMs } = recording.contract;
  // Where the tree ended, on the recording's clock.
  const endMs = stop.delivered.minMs + elapsed.maxMs;
  const since = signals.map((signal) => endMs - delivered(recording, signal).minMs);
  const lastMs = since.at(-1) ?? elapsed.maxMs;
  const times = `${inWords(elapsed)} after the first signal and ${duration(Math.max(0, lastMs))} after the last of ${signals.length}`;
  if (end.ended) {
    return `The target was still there ${times}, when the harness had to end ${leftInWords(recording, end.ended)}`;
  }
  const restarted = since.findLastIndex((ms, place) => place > 0 && Math.abs(ms - deadlineMs) <= toleranceMs);
  const cause =
    restarted > 0 ? `: signal ${restarted + 1} of ${signals.length} started the countdown again` : '';
  return `The target was gone ${times}, ${duration(elapsed.maxMs - deadlineMs)} past the deadline${cause}`;
}
