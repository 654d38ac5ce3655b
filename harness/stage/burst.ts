import type { SignalName } from '../contract/signal-name.js';
import type { System } from '../process/system.js';
import type { Instance } from '../target/instance.js';
import { waitUntil } from '../wait-until.js';

/** Who takes its signals later than this blocks them, or is busy: the next one is sent all the same. */
const takenWithinMs = 20;

/**
 * Sends a signal many times to the root, each as soon as the one before is no longer pending: standard signals do not
 * queue (signal(7)), and of fifty that are sent blindly a target may hear one. Ends where the target has ended.
 */
export async function burst(
  instance: Instance,
  system: Pick<System, 'pending' | 'process'>,
  signal: SignalName,
  count: number,
): Promise<void> {
  const { pid } = instance.launched;
  const hasEnded = () => instance.exit !== undefined || 'ZX'.includes(system.process(pid)?.state ?? 'X');
  for (let sent = 0; sent < count && !hasEnded(); sent += 1) {
    instance.sendNow(signal);
    const isTaken = () => system.pending(pid)?.includes(signal) !== true;
    if (!isTaken()) await waitUntil(isTaken, { timeoutMs: takenWithinMs, intervalMs: 1 });
  }
}
