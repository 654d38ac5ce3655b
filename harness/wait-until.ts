import pWaitFor from 'p-wait-for';
import { nowMs } from './clock.js';

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly intervalMs: number;
}

/**
 * Looks at a fact again and again. Resolves with true as soon as it holds, with false when it did not in time.
 *
 * The time is watched here and not by p-wait-for's own `timeout`: that adds a listener to an AbortSignal at every
 * look and takes none away, so that a wait of a second at 1 ms holds a thousand and Node warns of a leak.
 */
export async function waitUntil(
  fact: () => boolean,
  { timeoutMs, intervalMs }: WaitOptions,
): Promise<boolean> {
  const untilMs = nowMs() + timeoutMs;
  let holds = false;
  await pWaitFor(
    () => {
      holds = fact();
      return holds || nowMs() >= untilMs;
    },
    { interval: intervalMs },
  );
  if (holds) return true;
  // A loop that was late runs its oldest timers first: what else is due, and what came meanwhile, comes after them.
  await new Promise((resolve) => setTimeout(resolve, 1));
  return fact();
}
