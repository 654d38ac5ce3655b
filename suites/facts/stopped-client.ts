import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { deadlineEnd } from './deadline-end.js';
import { type PeerView, peers } from './peers.js';
import { firstStop, type Placed, type Stop } from './stop.js';

/** The connections that a client had when it was sent the stop signal. */
export function peersAtStop(recording: Recording, stop: Stop): PeerView[] {
  return peers(recording).filter(({ accepted, clientLeft, serverLeft }) => {
    const isThere = accepted !== undefined && accepted.event.atMs <= stop.event.beforeMs;
    const hasLeft = clientLeft !== undefined && clientLeft.event.atMs <= stop.event.beforeMs;
    return isThere && !hasLeft && serverLeft === undefined;
  });
}

/** The request that the client was waiting for when it was stopped, and that its server never answered. */
export function unansweredAtStop(
  recording: Recording,
  stop: Stop,
): Placed<EventOf<'client-request'>> | undefined {
  for (const { requests, sent } of peersAtStop(recording, stop)) {
    const last = requests.filter(({ event }) => event.atMs <= stop.event.beforeMs).at(-1);
    if (last && !sent.some(({ event }) => event.beforeMs >= last.event.atMs)) return last;
  }
  return undefined;
}

/** Whether another run shows that the same signal does not end the client in time when its server answers it either. */
export function isDeafAnyway(siblings: readonly Recording[], recording: Recording): boolean {
  const signal = firstStop(recording)?.event.signal;
  return siblings.some((sibling) => {
    const stop = sibling === recording ? undefined : firstStop(sibling);
    if (!stop || stop.event.signal !== signal || unansweredAtStop(sibling, stop)) return false;
    return deadlineEnd(sibling, stop).inTime === 'no';
  });
}
