import { nowMs } from '../clock.js';
import { waitUntil } from '../wait-until.js';
import type { ProcessInfo } from './system.js';

/** Sends a signal to one process by pid and start time; false where it is gone. */
export type SendTo = (info: ProcessInfo, signal: NodeJS.Signals) => boolean;

/**
 * Stops every process of a tree and sees that it is stopped (state T). A process that was just forked is caught by
 * the next look: it is over when two looks find the same, all stopped. (One would not do: a process that the first
 * look found running may have forked and stopped while the next was being read.)
 *
 * @throws Error when the tree is not stopped in `timeoutMs`
 */
export async function freeze(
  look: (sinceMs: number) => ProcessInfo[],
  send: SendTo,
  timeoutMs: number,
): Promise<ProcessInfo[]> {
  let stopped: ProcessInfo[] = [];
  const frozen = await waitUntil(
    () => {
      const members = look(nowMs()).filter(({ state }) => state !== 'Z' && state !== 'X');
      const known = new Set(stopped.map(({ pid }) => pid));
      const settled = members.every((info) => isStopped(info) && known.has(info.pid));
      if (!settled) stop(members, send);
      stopped = members.filter(isStopped);
      return settled && members.length > 0;
    },
    { timeoutMs, intervalMs: 1 },
  );
  if (!frozen) throw new Error(`it was not seen within ${timeoutMs} ms`);
  return stopped;
}

/**
 * Lets a stopped tree go on, the root last: the signal waits for the root, and a root that goes on before its workers
 * tells them to stop before they have had a chance to look at the request. Nothing may be read between two calls: who
 * goes on first would have that long for itself.
 */
export function thaw(rootFirst: readonly ProcessInfo[], letGoOn: (info: ProcessInfo) => void): void {
  for (const info of rootFirst.toReversed()) letGoOn(info);
}

function isStopped({ state }: ProcessInfo): boolean {
  return state === 'T' || state === 't';
}

/**
 * A parent in vfork(2) waits (state D) until its child has executed a program or ended, and does not stop before. A
 * child that was stopped on the way there goes on, and is stopped again a look later.
 */
function stop(members: readonly ProcessInfo[], send: SendTo): void {
  const waiting = new Set(members.filter(({ state }) => state === 'D').map(({ pid }) => pid));
  for (const info of members) {
    if (!isStopped(info)) send(info, 'SIGSTOP');
    else if (waiting.has(info.parentPid)) send(info, 'SIGCONT');
  }
}
