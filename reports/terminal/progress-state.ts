import { leavesOpen } from '../outcome.js';
import type { ProgressEvent } from '../progress.js';
import type { Verdict } from '../report.js';

/** What is known while a suite is played: plain counting, no output. */
export interface ProgressState {
  /** Expected length of all planned runs, by id. */
  readonly planned: Map<string, number>;
  /** When the runs that are going were started, by id. */
  readonly going: Map<string, number>;
  /** How the finished runs came out, by id: a run that is played once more counts once. */
  readonly done: Map<string, RunOutcome>;
}

export type RunOutcome = 'pass' | 'warn' | 'fail' | 'untested' | 'n/a';

export function emptyState(): ProgressState {
  return { planned: new Map(), going: new Map(), done: new Map() };
}

/** Takes an event into account. */
export function advance(state: ProgressState, event: ProgressEvent, nowMs: number): void {
  if (event.type === 'planned')
    for (const { id, expectedMs } of event.runs) state.planned.set(id, expectedMs);
  if (event.type === 'run-started') state.going.set(event.id, nowMs);
  if (event.type === 'replaying') state.done.delete(event.id);
  if (event.type !== 'run-finished') return;
  state.going.delete(event.id);
  state.done.set(event.id, runOutcome(event.verdicts));
}

/**
 * The worst that its verdicts say: a failed MUST, an untested MUST, a failed SHOULD or MAY. A run in which nothing was
 * to be judged has passed nothing.
 */
export function runOutcome(verdicts: readonly Verdict[]): RunOutcome {
  if (verdicts.some(({ outcome, level }) => outcome === 'fail' && level === 'MUST')) return 'fail';
  if (verdicts.some((verdict) => leavesOpen(verdict, { strict: false }))) return 'untested';
  if (verdicts.some(({ outcome }) => outcome === 'fail')) return 'warn';
  const isMoot = verdicts.length > 0 && verdicts.every(({ outcome }) => outcome === 'not-applicable');
  return isMoot ? 'n/a' : 'pass';
}

/**
 * The run that keeps everyone waiting, and for how long still, as far as estimates say. Runs that have not started
 * count with their whole length, so that the number does not rise when they do.
 */
export function longestWait(
  state: ProgressState,
  nowMs: number,
): { readonly id: string; readonly remainingMs: number } | undefined {
  let longest: { id: string; remainingMs: number } | undefined;
  for (const [id, expectedMs] of state.planned) {
    if (state.done.has(id)) continue;
    const startedMs = state.going.get(id);
    const remainingMs = Math.max(0, expectedMs - (startedMs === undefined ? 0 : nowMs - startedMs));
    if (!longest || remainingMs > longest.remainingMs) longest = { id, remainingMs };
  }
  return longest;
}
