import type { TargetKind } from '../../harness/contract/contract.js';
import type { RecordingEvent } from '../../harness/recording/events.js';
import { placeOf } from '../../harness/recording/recorder.js';
import { firstStop } from '../../suites/facts/stop.js';
import { recordingOf } from '../recordings.js';
import type { Report, ReportRun, Verdict } from '../report.js';
import { inOneLine, offset, outputLines } from './timeline.js';

/** One line of a timeline: when, what, and for output with several lines what was written. */
export interface EvidenceLine {
  /** Relative to the first stop signal, or to the beginning where none was sent. */
  readonly time: string;
  readonly words: string;
  readonly output: readonly string[];
}

/**
 * The timeline that proves a verdict: the events that it names, and the stop signal that times are counted from.
 * Of more than `limit` events the first and the last are shown, and a line says how many were left out.
 */
export function evidence(report: Report, verdict: Verdict, limit: number): EvidenceLine[] {
  const run = report.runs.find(({ id }) => id === verdict.run);
  if (!run) return [];
  const stop = stopOf(run, report);
  const named = verdict.evidence.filter((index) => run.events[index] !== undefined);
  if (named.length === 0) return [];
  const places = [...new Set(stop ? [stop.index, ...named] : named)].sort((a, b) => a - b);
  const lines = places.map((index) =>
    line(run.events[index] as RecordingEvent, stop?.zeroMs ?? 0, report.target.kind),
  );
  if (lines.length <= limit) return lines;
  const tail = Math.floor(limit / 2);
  const left = lines.length - limit;
  return [...lines.slice(0, limit - tail), omitted(left), ...lines.slice(-tail)];
}

/** Where times are counted from: the moment at which the stop signal could first act, as judges count it. */
export function stopOf(run: ReportRun, report: Report): { index: number; zeroMs: number } | undefined {
  const stop = firstStop(recordingOf(report, run));
  return stop && { index: stop.index, zeroMs: stop.delivered.minMs };
}

function line(event: RecordingEvent, zeroMs: number, kind: TargetKind): EvidenceLine {
  const output = event.type === 'output' ? outputLines(event.text) : [];
  const time = offset(placeOf(event), zeroMs);
  if (event.type !== 'output' || output.length < 2)
    return { time, words: inOneLine(event, kind), output: [] };
  const words = inOneLine({ ...event, text: '' }, kind).replace(/ \(.*\)$/, '');
  return { time, words, output: shortened(output) };
}

// A traceback says what in its first line and why in its last ones.
function shortened(lines: readonly string[]): string[] {
  if (lines.length <= 6) return [...lines];
  return [...lines.slice(0, 2), `… ${lines.length - 5} more lines …`, ...lines.slice(-3)];
}

function omitted(count: number): EvidenceLine {
  return { time: '…', words: `${count} more ${count === 1 ? 'event' : 'events'}`, output: [] };
}
