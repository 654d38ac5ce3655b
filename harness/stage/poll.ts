import { nowMs } from '../clock.js';
import { waitUntil } from '../wait-until.js';
import { MomentMissed } from './moment-missed.js';

export interface PollOptions {
  /** The moment, in words. */
  readonly moment: string;
  readonly timeoutMs: number;
  readonly intervalMs?: number;
  /** Why it cannot come any more, where that is known. */
  readonly hopeless?: () => string | undefined;
  /** True as long as no look was begun at the end of the time: then it goes on until one was, 10 s at most. */
  readonly unseen?: () => boolean;
}

/** On a busy machine a look that is a process of its own takes seconds, in milliseconds. */
const slowLooksMs = 10_000;

/**
 * Waits until a fact is seen, looking again and again.
 *
 * @throws MomentMissed when it has not been seen in time, or cannot come any more
 */
export async function poll(fact: () => boolean, options: PollOptions): Promise<void> {
  const { moment, timeoutMs, intervalMs = 2, hopeless, unseen } = options;
  let reason: string | undefined;
  let holds = false;
  const fromMs = nowMs();
  const isSettled = (): boolean => {
    holds = fact();
    if (!holds) reason = hopeless?.();
    return holds || reason !== undefined;
  };
  await waitUntil(isSettled, { timeoutMs, intervalMs });
  if (!holds && reason === undefined && unseen?.())
    await waitUntil(() => isSettled() || !unseen(), { timeoutMs: slowLooksMs, intervalMs });
  if (!holds && reason === undefined)
    reason = `it was not seen within ${Math.round(waitedMs(timeoutMs, fromMs))} ms`;
  if (reason !== undefined) throw new MomentMissed(moment, reason);
}

/** It may have been waited for longer than it was to be; a little longer is the same for a reader. */
function waitedMs(timeoutMs: number, fromMs: number): number {
  const elapsedMs = nowMs() - fromMs;
  return elapsedMs > 2 * timeoutMs && elapsedMs > 1000 ? elapsedMs : timeoutMs;
}
