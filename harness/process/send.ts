import type { SignalName } from '../contract/signal-name.js';

/** kill(2); the error's code where it failed (ESRCH: already gone). */
export function sendTo(pid: number, signal: SignalName): string | undefined {
  try {
    process.kill(pid, signal);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
