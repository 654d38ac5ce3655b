import { bin, max, min, quantileSorted, ticks } from 'd3-array';
import { firstStop } from '../../suites/facts/stop.js';
import { recordingOf } from '../recordings.js';
import type { Report, ReportRun } from '../report.js';

/** What one run took each time that it was played, ascending, in milliseconds. */
export interface Distribution {
  /** The run's id without its number. */
  readonly run: string;
  readonly plays: number;
  readonly deadlineMs: number;
  /** From the stop signal to the exit of the root; plays that ended otherwise are not in it. */
  readonly exitMs: readonly number[];
  /** From the stop signal to the notice, of every client that was told. */
  readonly noticeMs: readonly number[];
}

/** Runs that were played more than once (`--repeat`), in the order of the report. */
export function distributions(report: Report): Distribution[] {
  const plays = new Map<string, ReportRun[]>();
  for (const run of report.runs) {
    const [, id] = /^(.+)#\d+$/.exec(run.id) ?? [];
    if (id !== undefined) plays.set(id, [...(plays.get(id) ?? []), run]);
  }
  return [...plays]
    .filter(([, runs]) => runs.length > 1)
    .map(([run, runs]) => ({
      run,
      plays: runs.length,
      deadlineMs: runs[0]?.deadlineMs ?? report.target.contract.deadlineMs,
      exitMs: ascending(runs.flatMap(({ exit }) => exit?.elapsedMs ?? [])),
      noticeMs: ascending(runs.flatMap((one) => noticesOf(one, report))),
    }));
}

function noticesOf(run: ReportRun, report: Report): number[] {
  const stop = firstStop(recordingOf(report, run));
  if (!stop) return [];
  const told = new Map<string, number>();
  for (const event of run.events)
    if (event.type === 'told' && !told.has(event.client))
      told.set(event.client, Math.max(0, event.atMs - stop.delivered.minMs));
  return [...told.values()];
}

function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}

/** How values lie: of few each one, of many how many in each stretch. Quartiles only where there are enough of them. */
export interface Spread {
  readonly minMs: number;
  readonly maxMs: number;
  readonly medianMs: number;
  /** First and third quartile; none of fewer than 8 values, which have no shape to speak of. */
  readonly quartilesMs?: readonly [number, number];
  /** Of 95 %; none of fewer than 40 values, where it would be the longest or nearly so. */
  readonly p95Ms?: number;
}

export function spreadOf(values: readonly number[]): Spread | undefined {
  const minMs = min(values);
  const maxMs = max(values);
  if (minMs === undefined || maxMs === undefined) return undefined;
  const at = (part: number) => quantileSorted(values as number[], part) as number;
  return {
    minMs,
    maxMs,
    medianMs: at(0.5),
    ...(values.length < 8 ? {} : { quartilesMs: [at(0.25), at(0.75)] as const }),
    ...(values.length < 40 ? {} : { p95Ms: at(0.95) }),
  };
}

/** Counts of values in equal stretches of `0` to `toMs`. */
export function histogram(values: readonly number[], toMs: number, stretches: number) {
  const bounds = Array.from({ length: stretches - 1 }, (_, place) => (toMs * (place + 1)) / stretches);
  return bin<number, number>()
    .domain([0, toMs])
    .thresholds(bounds)([...values])
    .map(({ x0 = 0, x1 = toMs, length }) => ({ fromMs: x0, toMs: x1, count: length }));
}

/** Where an axis for all these values ends, and its round times. The deadline is on it where values come near. */
export function scaleFor(values: readonly number[], deadlineMs: number): { toMs: number; ticksMs: number[] } {
  const longest = max(values) ?? 1;
  const toMs = Math.max(1, longest > deadlineMs / 4 ? Math.max(longest, deadlineMs) * 1.05 : longest * 1.15);
  return { toMs, ticksMs: ticks(0, toMs, 5) };
}
