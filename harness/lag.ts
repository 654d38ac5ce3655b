import { nowMs } from './clock.js';

/** How often the loop is looked at. Judges count it as the error bar of every observation (suites/facts/time.ts). */
const tickMs = 10;
/** Smaller delays than this say nothing: they are within the tick. */
const worthSayingMs = 5;

export interface Lag {
  readonly atMs: number;
  readonly lagMs: number;
}

/** Calls back whenever this event loop was late: all that it observed in that time is known that much less exactly. */
export function watchLag(onLag: (lag: Lag) => void): () => void {
  let lastMs = nowMs();
  const timer = setInterval(() => {
    const atMs = nowMs();
    const lagMs = atMs - lastMs - tickMs;
    lastMs = atMs;
    if (lagMs > worthSayingMs) onLag({ atMs, lagMs });
  }, tickMs);
  timer.unref();
  return () => clearInterval(timer);
}
