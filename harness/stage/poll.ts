import { waitUntil } from '../wait-until.js';
import { MomentMissed } from './moment-missed.js';

export interface PollOptions {
  /** The moment, in words. */
  readonly moment: string;
  readonly timeoutMs: number;
  readonly intervalMs?: number;
  /** Why it cannot come any more, where that is known. */
  readonly hopeless?: () => string | undefined;
}

/**
 * Waits until a fact is seen, looking again and again.
 *
 * @throws MomentMissed when it has not been seen in time, or cannot come any more
 */
export async function poll(fact: () => boolean, options: PollOptions): Promise<void> {
  const { moment, timeoutMs, intervalMs = 2, hopeless } = options;
  let reason: string | undefined;
  const settled = await waitUntil(
    () => {
      if (fact()) return true;
      reason = hopeless?.();
      return reason !== undefined;
    },
    { timeoutMs, intervalMs },
  );
  if (!settled) reason = `it was not seen within ${Math.round(timeoutMs)} ms`;
  if (reason !== undefined) throw new MomentMissed(moment, reason);
}
