import { max, median, min } from 'd3-array';
import { onIdleMachine } from '../../suites/facts/kept-waiting.js';
import { groupOf } from '../baseline/listed.js';
import { recordingOf } from '../recordings.js';
import type { Report, ReportRun } from '../report.js';
import { stopOf } from '../text/evidence.js';

/** A time to exit that changed by more than the noise. */
export interface TimeChange {
  readonly run: string;
  /** From the stop signal to the exit; with repeats the median. */
  readonly oldMs: number;
  readonly newMs: number;
  /** A difference up to this says nothing: see `changedTimes`. */
  readonly noiseMs: number;
  /** Played often enough in both reports for the noise to be measured. */
  readonly isRepeated: boolean;
}

/** From so many plays on, how far they lie apart is the noise. */
const enoughPlays = 3;
/** A stop takes turns of clients, server and kernel: on a busy machine each may come as late as the harness did. */
const turns = 2;
/** What an exit that an event loop saw may be older than that, on an idle machine. */
const errorBarMs = 15;

/**
 * Runs whose time to exit changed by more than its noise. With three repeats or more in both reports the noise is how far
 * the repeats of one report lie apart (the larger one), and how late the harness was at the median; otherwise it is the
 * tolerance of the contract, and twice as late as the harness was at worst. To both comes how long the target may have waited
 * for a processor. Starts are left out: how long a stop takes then is a
 * matter of how far the start had come.
 */
export function changedTimes(old: Report, now: Report): { times: TimeChange[]; compared: number } {
  const before = playsByRun(old);
  const after = playsByRun(now);
  const toleranceMs = Math.max(old.target.contract.toleranceMs ?? 0, now.target.contract.toleranceMs ?? 0);
  const compared = [...after].flatMap(([run, plays]) => {
    const olds = before.get(run);
    return olds === undefined ? [] : [compare(run, olds, plays, toleranceMs)];
  });
  const times = compared.filter(({ oldMs, newMs, noiseMs }) => Math.abs(newMs - oldMs) > noiseMs);
  return { times, compared: compared.length };
}

interface Play {
  readonly elapsedMs: number;
  /** How late the harness was in this run, at worst. */
  readonly lagMs: number;
  /** How much of it the target may have been ready to run, and have had no processor. */
  readonly waitedMs: number;
}

function compare(run: string, old: readonly Play[], now: readonly Play[], toleranceMs: number): TimeChange {
  const elapsed = (plays: readonly Play[]) => plays.map(({ elapsedMs }) => elapsedMs);
  const lags = [...old, ...now].map(({ lagMs }) => lagMs);
  const waited = (plays: readonly Play[]) => plays.map(({ waitedMs }) => waitedMs);
  const waitedMs = Math.max(median(waited(old)) ?? 0, median(waited(now)) ?? 0);
  const spread = (plays: readonly Play[]) => (max(elapsed(plays)) ?? 0) - (min(elapsed(plays)) ?? 0);
  const isRepeated = old.length >= enoughPlays && now.length >= enoughPlays;
  const noiseMs = isRepeated
    ? Math.max(spread(old), spread(now)) + errorBarMs + (median(lags) ?? 0) + waitedMs
    : toleranceMs + errorBarMs + turns * Math.max(...lags) + waitedMs;
  return { run, oldMs: median(elapsed(old)) ?? 0, newMs: median(elapsed(now)) ?? 0, noiseMs, isRepeated };
}

function playsByRun(report: Report): Map<string, Play[]> {
  const plays = new Map<string, Play[]>();
  for (const run of report.runs) {
    const elapsedMs = run.exit?.elapsedMs ?? undefined;
    if (elapsedMs === undefined || isIncomparable(run)) continue;
    const id = groupOf(`@${run.id}`).slice(1);
    plays.set(id, [
      ...(plays.get(id) ?? []),
      { elapsedMs, lagMs: worstLagMs(run), waitedMs: waitedMs(run, report, elapsedMs) },
    ]);
  }
  return plays;
}

/** How far a start has come, and how long it takes to send fifty signals, is not the target's time to exit. */
function isIncomparable({ scenario }: ReportRun): boolean {
  return scenario.startsWith('early-') || scenario.startsWith('sweep-') || scenario === 'signal-burst';
}

function worstLagMs({ events }: ReportRun): number {
  return events.reduce((worst, event) => (event.type === 'lag' ? Math.max(worst, event.lagMs) : worst), 0);
}

function waitedMs(run: ReportRun, report: Report, elapsedMs: number): number {
  const fromMs = stopOf(run, report)?.zeroMs;
  if (fromMs === undefined) return 0;
  const elapsed = { minMs: elapsedMs, maxMs: elapsedMs };
  return elapsedMs - onIdleMachine(recordingOf(report, run), elapsed, fromMs, fromMs + elapsedMs).minMs;
}
