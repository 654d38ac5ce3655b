import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import { sendTo } from '../process/send.js';
import type { Recorder } from '../recording/recorder.js';
import type { Instance } from '../target/instance.js';
import { waitUntil } from '../wait-until.js';

const lookMs = 10;

/**
 * Nothing shows that a process did not get a signal. So a target that lives on behind its wrapper is sent the same signal
 * itself, and waited for: one that stops then would have stopped, and was not told. Does nothing where the target was
 * started by no wrapper, or has ended, or where the wrapper has become the target.
 */
export async function askPastWrapper(
  instance: Instance,
  signal: SignalName,
  { recorder, withinMs }: { readonly recorder: Recorder; readonly withinMs: number },
): Promise<void> {
  const pid = instance.launched.wrapped?.serverPid();
  const lives = (sinceMs?: number) => instance.members(sinceMs).some((member) => member.pid === pid);
  if (pid === undefined || pid === instance.launched.pid || !lives()) return;
  const beforeMs = nowMs();
  const error = sendTo(pid, signal);
  const failed = error === undefined ? {} : { error };
  const { number } = instance;
  recorder.add({ type: 'past-wrapper', instance: number, signal, pid, ...failed, beforeMs, atMs: nowMs() });
  // A look records what has changed. Other runs look at the same processes.
  await waitUntil(() => !lives(nowMs() - lookMs), { timeoutMs: withinMs, intervalMs: lookMs });
}
