import type { SignalName } from '../contract/signal-name.js';
import type { System } from '../process/system.js';
import type { Dispositions } from '../recording/events.js';
import type { Instance } from '../target/instance.js';
import { waitUntil } from '../wait-until.js';
import { poll } from './poll.js';

const settleWithinMs = 500;

/**
 * The kernel shows the signal as pending for the root; or, where it was typed, for anybody: an init may have made its child
 * the foreground group of the terminal, and gets nothing itself. Only where the system shows it.
 *
 * @throws MomentMissed when it is not seen in time
 */
export async function pendingFor(instance: Instance, system: System, signal: SignalName): Promise<void> {
  await instance.sent();
  const { pid } = instance.launched;
  if (system.pending(pid) === undefined) return;
  // A signal that is blocked for good (signalfd) is pending too; one that the root ignores never is.
  const receivers =
    instance.launched.terminal === undefined ? [pid] : [pid, ...instance.members().map((one) => one.pid)];
  const isPending = () =>
    receivers.some((one) => system.pending(one)?.includes(signal) === true) ||
    system.dispositions(pid)?.ignored.includes(signal) === true ||
    (instance.launched.pid1 !== undefined && isDropped(system.dispositions(pid), signal));
  await poll(isPending, { moment: `${signal} is pending`, timeoutMs: 1000, intervalMs: 1 });
}

/** PID 1 of a namespace is as if it ignored what it neither catches nor blocks (pid_namespaces(7)). */
function isDropped(masks: Dispositions | undefined, signal: SignalName): boolean {
  return masks !== undefined && !masks.caught.includes(signal) && !masks.blocked.includes(signal);
}

/**
 * The signal is no longer pending: the target has taken it, or has ended.
 *
 * @throws MomentMissed when it is not seen in time
 */
export async function takenBy(instance: Instance, system: System, signal: SignalName): Promise<void> {
  // Before it was sent it is not pending either.
  await instance.sent();
  const isTaken = () =>
    instance.exit !== undefined || system.pending(instance.launched.pid)?.includes(signal) !== true;
  await poll(isTaken, { moment: `${signal} is taken`, timeoutMs: 2000, intervalMs: 1 });
}

/** The target has taken the signal, and all its threads sleep; given up after half a second. */
export async function settledAfter(instance: Instance, system: System, signal: SignalName): Promise<void> {
  await instance.sent();
  const pids = instance.members().map(({ pid }) => pid);
  const isSettled = () =>
    system.pending(instance.launched.pid)?.includes(signal) !== true &&
    pids.every((pid) => system.waits(pid) !== false);
  // Looked at twice: one thread may have woken another that had been looked at before.
  await waitUntil(() => instance.exit !== undefined || (isSettled() && isSettled()), {
    timeoutMs: settleWithinMs,
    intervalMs: 2,
  });
}
