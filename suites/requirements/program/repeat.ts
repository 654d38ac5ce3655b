import type { Recording } from '../../../harness/recording/recording.js';
import { type CleanUp, cleanUpOf, doubledLines, isCutShort } from '../../facts/clean-up.js';
import {
  endInWords,
  imitatedSignal,
  isAccepted,
  isCrash,
  isSameEnd,
  ownExit,
  sentSignals,
} from '../../facts/exits.js';
import { notApplicable, pass, straddling, untested } from '../../facts/judgements.js';
import { clip } from '../../facts/output.js';
import { orderlyStop, workingRun } from '../../facts/program-end.js';
import { delivered, endedByHarness, firstStop, stopSignals } from '../../facts/stop.js';
import { between, duration, inWords, isAtLeast, window } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';
import { findTraceback } from '../output/find-traceback.js';

/** A clean-up that began anew takes its whole time again: less than this share of it says nothing. */
const wholeAgain = 0.85;
/** And it makes the whole stop longer by so much, in milliseconds: less may be a busy machine. */
const longerByMs = 120;
/** A shorter time between the first line of a clean-up and the end may be the end itself. */
const longCleanUpMs = 300;
/** From this status on shells speak of their own troubles and of deaths by signals. */
const shellStatus = 126;

/** `program.repeat`: a second signal during the clean-up neither repeats nor breaks it. */
export const programRepeat = requirement({
  id: 'program.repeat',
  level: 'MUST',
  since: 2026,
  of: ['program'],
  statement: 'A second stop signal during the clean-up neither runs the clean-up twice nor makes it crash.',
  because:
    'People press Ctrl+C twice, and wrappers pass on a signal that the whole group got already. A clean-up that runs twice deletes, sends or commits twice; one that is broken off leaves half of it undone.',
  remedy: {
    general:
      'Let the handler only set a flag: it may be set twice, and the clean-up stands where the loop ends. Where the handler itself cleans up, ignore the stop signals as its first act.',
    node: 'process.on, not process.once: after once the second signal has its default action again. Begin the listener with if (stopping) return; stopping = true.',
    python:
      'A handler may be interrupted by the same handler: signal.signal(SIGTERM, SIG_IGN) first thing in it, or only set a flag. A second Ctrl+C raises KeyboardInterrupt in the middle of finally: install a handler for SIGINT too.',
    go: 'After ctx.Done() do not call stop() of signal.NotifyContext before the clean-up is over, unless a forced end is meant; run the clean-up under sync.Once.',
    jvm: 'The JVM runs its shutdown hooks once, and ignores what comes meanwhile: do the clean-up there.',
    shell:
      "Begin the trap with: trap '' TERM INT. A trap on EXIT as well as on TERM runs twice: let the one for TERM only exit.",
  },
  sources: [
    'ros2/launch#58',
    'bluesky/bluesky#1997',
    'kata-containers/kata-containers#13163',
    'signal-safety(7)',
  ],
  comparesRuns: true,
  notApplicable: ({ run }) =>
    run.scenario === 'cleaning-up' ? undefined : 'the run sends no second stop signal',
  judge(recording, siblings: readonly Recording[]): Judgement {
    const [first, second] = stopSignals(recording);
    if (!first || !second)
      return notApplicable(
        'it was gone before a second signal could be sent: there was no clean-up to disturb',
      );
    const { signal } = first.event;
    const single = workingRun(siblings, signal);
    if (single && orderlyStop(single).outcome === 'fail')
      return notApplicable(
        `it does not stop in good order after one ${signal} either: program.stops says so`,
      );
    const evidence = [first.index, second.index];
    const ended = endedByHarness(recording);
    const exit = ownExit(recording);
    if (ended && !exit) {
      const elapsed = between(delivered(recording, first), window(recording, ended.event));
      return fail(
        `The program did not stop after a second ${signal} came during its clean-up: ${inWords(elapsed)} after the first one the harness had to end it.`,
        'one clean-up, and its end',
        'no end',
        [...evidence, ended.index],
      );
    }
    if (!exit) return untested('the end of the program was not seen', evidence);
    return judgeEnd(recording, single, siblings, [...evidence, exit.index]) ?? untested('no end', evidence);
  },
});

function judgeEnd(
  recording: Recording,
  single: Recording | undefined,
  siblings: readonly Recording[],
  evidence: readonly number[],
): Judgement | undefined {
  const exit = ownExit(recording);
  const stop = firstStop(recording);
  const second = stopSignals(recording)[1];
  if (!exit || !stop || !second) return undefined;
  const { signal } = stop.event;
  const end = endInWords(exit.event);
  const late = `, ${inWords(between(delivered(recording, second), window(recording, exit.event)))} after the second ${signal}`;
  const traceback = findTraceback(recording, { fromMs: stop.event.beforeMs });
  if (traceback) {
    return fail(
      `A second ${signal} during its clean-up broke it: the program wrote a ${traceback.runtime} traceback, ${traceback.quote}, and ended with ${end}.`,
      'an end without a traceback',
      traceback.quote,
      [...evidence, ...traceback.evidence],
    );
  }
  const isBroken =
    isCrash(recording, exit.event) ||
    (exit.event.signal !== null && !sentSignals(recording).includes(exit.event.signal)) ||
    (exit.event.code !== null &&
      exit.event.code >= shellStatus &&
      imitatedSignal(recording, exit.event) === undefined);
  if (isBroken)
    return fail(`The program ended with ${end}${late}: that is a crash.`, 'one orderly end', end, evidence);
  const singleExit = single && ownExit(single);
  if (single) {
    const again = cleansUpAgain(recording, single, siblings, evidence);
    if (again) return again;
  }
  const isOther = singleExit !== undefined && !isSameEnd(singleExit.event, exit.event);
  if (isOther && (exit.event.signal !== null || !isAccepted(recording, exit))) {
    // A signal that comes when all is done finds an interpreter that is being taken down, without its handlers.
    const isCut = single ? cutShort(recording, single, siblings) : 'no';
    if (isCut === 'unsure') return straddling(`it ended with ${end}${late}`, evidence);
    if (isCut === 'no') return pass(`It had cleaned up when it ended with ${end}${late}.`, evidence);
    return {
      ...fail(
        `A second ${signal} cut the clean-up short: the program ended with ${end}${late}; after one ${signal} it ends with ${endInWords(singleExit.event)}.`,
        'the same end as after one signal',
        end,
        evidence,
      ),
      // A second signal may be meant to force the end; but wrappers send one twice without meaning it.
      level: 'SHOULD',
    };
  }
  const two = cleanUpOf(recording, siblings);
  if (two && cameBefore(two, second.event.atMs))
    return untested(
      `the second ${signal} came before the clean-up began: “${clip(two.lines[0]?.text ?? '', 60)}” was printed later`,
      evidence,
    );
  const what = single
    ? ', and cleaned up once'
    : '; there was no run with one signal to compare its clean-up with';
  return pass(`After a second ${signal} during its clean-up it ended with ${end}${what}.`, evidence);
}

/** Whether a clean-up that says when it begins, and then takes its time, had not begun by then. */
function cameBefore({ elapsed, lines: [first] }: CleanUp, secondMs: number): boolean {
  if (first === undefined || elapsed.minMs - first.after.maxMs < longCleanUpMs) return false;
  return first.at.minMs > secondMs;
}

function cutShort(
  recording: Recording,
  single: Recording,
  siblings: readonly Recording[],
): ReturnType<typeof isCutShort> {
  const one = cleanUpOf(single, siblings);
  const two = cleanUpOf(recording, siblings);
  return one && two ? isCutShort(one, two) : 'no';
}

/** Whether the clean-up was run a second time: by what it printed, or by how long it took. */
function cleansUpAgain(
  recording: Recording,
  single: Recording,
  siblings: readonly Recording[],
  evidence: readonly number[],
): Judgement | undefined {
  const one = cleanUpOf(single, siblings);
  const two = cleanUpOf(recording, siblings);
  if (!one || !two) return undefined;
  const doubled = doubledLines(one, two);
  const [late] = doubled.late;
  const { signal } = two.stop.event;
  if (late) {
    const lines = two.lines.filter(({ alike }) => alike === late.alike).map(({ index }) => index);
    return fail(
      `A second ${signal} ran the clean-up twice: “${clip(late.text, 60)}” came ${lines.length} times, and once after one ${signal}.`,
      `“${clip(late.text, 60)}” once`,
      `${lines.length} times`,
      [...evidence, ...lines],
    );
  }
  const [line] = doubled.all;
  if (!line) return undefined;
  return beganAnew(recording, one, two, line.text, evidence);
}

/** One word for each signal is no second clean-up; but one that is followed by the whole time of a clean-up is. */
function beganAnew(
  recording: Recording,
  one: CleanUp,
  two: CleanUp,
  line: string,
  evidence: readonly number[],
): Judgement | undefined {
  const exit = ownExit(recording);
  const second = stopSignals(recording)[1];
  if (!exit || !second) return undefined;
  const again = between(delivered(recording, second), window(recording, exit.event));
  const isWhole = isAtLeast(again, one.elapsed.maxMs * wholeAgain);
  const isLonger = isAtLeast(two.elapsed, one.elapsed.maxMs + longerByMs);
  const gapMs = second.event.atMs - two.stop.event.beforeMs;
  if (isWhole !== 'no' && isLonger === 'no' && gapMs < longerByMs && one.elapsed.minMs >= longCleanUpMs)
    return untested(
      `“${clip(line, 60)}” came twice, and the second ${second.event.signal} only ${duration(gapMs)} after the first: a clean-up that began anew would have taken as long`,
      evidence,
    );
  if (isWhole === 'no' || isLonger === 'no') return undefined;
  const took = `the stop took ${duration(two.elapsed.maxMs)}, and ${duration(one.elapsed.maxMs)} after one signal`;
  const { signal } = two.stop.event;
  if (isWhole === 'unsure' || isLonger === 'unsure')
    return straddling(`“${clip(line, 60)}” came twice, and ${took}`, evidence);
  return fail(
    `A second ${signal} began the clean-up anew: “${clip(line, 60)}” came twice, and ${took}.`,
    'one clean-up',
    'a second one',
    evidence,
  );
}

function fail(
  message: string,
  expected: string,
  observed: string,
  evidence: readonly number[],
): Extract<Judgement, { outcome: 'fail' }> {
  return { outcome: 'fail', message, expected, observed, evidence: [...new Set(evidence)] };
}
