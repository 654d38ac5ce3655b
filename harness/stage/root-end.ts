import type { SignalName } from '../contract/signal-name.js';
import type { System } from '../process/system.js';
import type { Instance } from '../target/instance.js';
import { MomentMissed } from './moment-missed.js';

/** The kernel shows the root as a zombie (or no more), and its exit has not been heard of yet. */
export function hasEndedUnheard({ launched, exit }: Instance, system: System): boolean {
  if (exit !== undefined) return false;
  const root = system.process(launched.pid);
  return root === undefined || root.state === 'Z' || root.state === 'X';
}

/**
 * For before the first signal. Sent to a target that had crashed while it served, it would leave a run in which nothing
 * was to be judged, or an end that looks like the answer to it: kill(2) succeeds for a zombie.
 *
 * @throws MomentMissed when the target has ended by itself
 */
export function ifEndedBefore(signal: SignalName, root: Instance, system: System): void {
  const { exit } = root;
  if (exit === undefined && !hasEndedUnheard(root, system)) return;
  const how = exit === undefined ? '' : ` (${exit.signal ?? `status ${exit.code}`})`;
  throw new MomentMissed(`${signal} is sent`, `the target had ended by itself before${how}`);
}
