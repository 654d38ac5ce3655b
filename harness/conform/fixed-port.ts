import type { Recording } from '../recording/recording.js';
import type { Session } from '../session.js';
import { waitUntil } from '../wait-until.js';

/** TIME_WAIT lasts 60 s on Linux (TCP_TIMEWAIT_LEN), and 2 × MSL elsewhere; a little more is waited. */
const timeWaitMs = 75_000;

/**
 * Whether a run could not begin because an earlier one left its port in TIME_WAIT. A server that restarts without
 * SO_REUSEADDR fails `release.port`, and that only: all other runs wait until its port is free.
 */
export function couldNotBind(recording: Recording, session: Session): boolean {
  // Clients listen nowhere: the port is that of the server which is played for them.
  if (recording.kind === 'client') return false;
  const listening = recording.events.find((event) => event.type === 'listening' && event.instance === 0);
  const port = recording.events.find((event) => event.type === 'spawned')?.port;
  const early = recording.events.some((event) => event.type === 'signal');
  return (
    listening === undefined && !early && port !== undefined && session.system.portsInTimeWait().has(port)
  );
}

export async function awaitNoTimeWait(session: Session, port: number): Promise<void> {
  const isFree = () => session.abort.aborted || !session.system.portsInTimeWait().has(port);
  // Where somebody else keeps the port in TIME_WAIT, the run says that it could not start.
  await waitUntil(isFree, { timeoutMs: timeWaitMs, intervalMs: 200 });
}
