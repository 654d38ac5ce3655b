import type { Surveyed } from '../survey/surveyed.js';

/** Starts below this length are not worth it, and too short for what the kernel counts in steps of 10 ms. */
const longStartMs = 1000;
const mostPerCore = 8;

/**
 * How many targets may start at once: as many as there are cores, since starting is the busy part; and more where a
 * long start mostly waits (for a database, for a timer), so that the cores are as busy as the survey was.
 */
export function startsAtOnce({ startMs, startProcessorMs }: Surveyed, cores: number): number {
  if (startProcessorMs === undefined || startMs < longStartMs) return cores;
  const busyShare = Math.max(startProcessorMs / startMs, 1 / mostPerCore);
  return Math.max(cores, Math.floor(cores / busyShare));
}
