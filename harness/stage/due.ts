import { duration } from '../words.js';
import { MomentMissed } from './moment-missed.js';

/** Timers and ends are seen this much late on an idle machine too (suites/facts/time.ts counts it as the error bar). */
const punctualMs = 15;

/** When something was to be done, and when it was seen that the target has ended; all on CLOCK_MONOTONIC. */
export interface Due {
  /** What was to be done, for people. */
  readonly act: string;
  readonly dueMs: number;
  /** Undefined while the target lives. */
  readonly exitMs: number | undefined;
}

/**
 * Whether the target still lives when something is due; false where it had ended by then. Where the harness itself
 * comes late, and finds that the target has ended, nobody knows whether it was there in time: that says nothing about
 * the target.
 *
 * @throws MomentMissed when its end was seen only after the time
 */
export function livesWhenDue({ act, dueMs, exitMs }: Due): boolean {
  if (exitMs === undefined) return true;
  if (exitMs <= dueMs + punctualMs) return false;
  const lateMs = exitMs - dueMs;
  const reason = `the harness was ${duration(lateMs)} late, and found that the target had ended`;
  throw new MomentMissed(act, reason, { lateMs });
}
