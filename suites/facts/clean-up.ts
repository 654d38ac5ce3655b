import type { Recording } from '../../harness/recording/recording.js';
import { alike } from '../../harness/target/alike.js';
import { ownExit } from './exits.js';
import { type PrintedLine, printedLines } from './program-lines.js';
import { firstStop, type Stop } from './stop.js';
import { between, type Certainty, type Interval, isAtMost, window } from './time.js';

/** A line that comes so soon after the signal may be the handler's own word, one for each signal. */
const atOnceMs = 100;

/** What a program printed and how long it took after its first stop signal. */
export interface CleanUp {
  readonly stop: Stop;
  readonly elapsed: Interval;
  /** Its lines since then, without those of its usual work. */
  readonly lines: readonly CleanUpLine[];
}

export interface CleanUpLine extends PrintedLine {
  /** The text with every number made alike: times and process ids differ from run to run. */
  readonly alike: string;
  /** Since the stop signal. */
  readonly after: Interval;
}

/** The clean-up of a run that ended by itself, without lines that any of `siblings` printed before its own stop. */
export function cleanUpOf(recording: Recording, siblings: readonly Recording[]): CleanUp | undefined {
  const stop = firstStop(recording);
  const exit = ownExit(recording);
  if (!stop || !exit || exit.event.atMs < stop.event.beforeMs) return undefined;
  const usual = new Set([
    ...(recording.survey.facts?.usualLines ?? []),
    ...siblings.flatMap(linesBeforeStop),
  ]);
  const lines = printedLines(recording)
    .filter(({ index }) => index > stop.index)
    .map((line) => ({ ...line, alike: alike(line.text), after: between(stop.delivered, line.at) }))
    .filter((line) => !usual.has(line.alike));
  return { stop, elapsed: between(stop.delivered, window(recording, exit.event)), lines };
}

/** Whether a clean-up left out what another one did: lines that it did not come to; where it says none, time. */
export function isCutShort(single: CleanUp, other: CleanUp): Certainty {
  if (single.lines.length === 0) return isAtMost(other.elapsed, single.elapsed.minMs * muchLess);
  const said = new Set(other.lines.map((line) => line.alike));
  return single.lines.every((line) => said.has(line.alike)) ? 'no' : 'yes';
}

/** A clean-up that says nothing is cut short where it takes less than this share of its usual time. */
const muchLess = 0.75;

function linesBeforeStop(recording: Recording): string[] {
  const stop = firstStop(recording);
  return printedLines(recording).flatMap(({ index, text }) =>
    stop && index > stop.index ? [] : [alike(text)],
  );
}

/**
 * The lines that come once in the clean-up after one signal, and again here, in the order in which they come there;
 * none where the first of them does not: a clean-up that begins anew says its first line again, one that only waits a
 * little longer says another one. `late` ones come some time after the signal: they tell of work that was done.
 */
export function doubledLines(
  single: CleanUp,
  twice: CleanUp,
): { readonly all: CleanUpLine[]; readonly late: CleanUpLine[] } {
  const count = ({ lines }: CleanUp, text: string) => lines.filter((line) => line.alike === text).length;
  const once = single.lines.filter(({ alike }) => alike !== '' && count(single, alike) === 1);
  const again = once.filter(({ alike }) => count(twice, alike) > 1);
  const all = again[0] === once[0] ? again : [];
  return { all, late: all.filter(({ after }) => after.minMs >= atOnceMs) };
}
