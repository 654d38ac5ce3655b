import type { EventOf, RecordingEvent } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import type { ClientView } from './clients.js';
import { onIdleMachine } from './kept-waiting.js';
import { endedByHarness, type Placed, type Stop, stopSignals } from './stop.js';
import { between, type Certainty, type Interval, inWords, isAtLeast, window } from './time.js';

/** How long after the delivery of the stop signal an event happened. */
export function sinceStop(recording: Recording, stop: Stop, event: RecordingEvent): Interval {
  const elapsed = between(stop.delivered, window(recording, event));
  return { minMs: elapsed.minMs, maxMs: Math.max(0, elapsed.maxMs) };
}

/**
 * The same where a bound of a second is asked for that nobody promised: less by what the target was kept from its
 * processor meanwhile, as far as it may be.
 */
export function hurrySinceStop(recording: Recording, stop: Stop, event: RecordingEvent): Interval {
  const elapsed = sinceStop(recording, stop, event);
  return onIdleMachine(recording, elapsed, stop.delivered.minMs, event.atMs);
}

/** `3 ms after SIGTERM`. */
export function afterStop(recording: Recording, stop: Stop, event: RecordingEvent): string {
  return `${inWords(sinceStop(recording, stop, event))} after ${stop.event.signal}`;
}

/** How long after the stop a client may count on its connection: the deadline, less the tolerance. */
export function graceMs(recording: Recording): number {
  return Math.max(0, recording.contract.deadlineMs - recording.contract.toleranceMs);
}

/** Whether an event came when the deadline already permitted the server to cut everybody off. */
export function isPastGrace(recording: Recording, stop: Stop, event: RecordingEvent): Certainty {
  return isAtLeast(sinceStop(recording, stop, event), graceMs(recording));
}

/**
 * True for what was observed after the harness began to end the target: that is the harness' doing. A client, in
 * another process, may see the effect of a kill(2) before the call has been recorded as done.
 */
export function isHarnessDoing(recording: Recording, { event }: Placed): boolean {
  const ended = endedByHarness(recording);
  return ended !== undefined && event !== ended.event && event.atMs > ended.event.beforeMs;
}

/**
 * The second stop signal. It may ask the server to hurry, as a second Ctrl+C does: from then on the promises to
 * clients no longer bind it.
 */
export function releasedBy(recording: Recording): Placed<EventOf<'signal'>> | undefined {
  return stopSignals(recording)[1];
}

/** True for what was observed after a second stop signal began to be sent: its effect may be seen before kill(2) returns. */
export function isReleased(recording: Recording, { event }: Placed): boolean {
  const second = releasedBy(recording);
  return second !== undefined && event !== second.event && event.atMs > second.event.beforeMs;
}

/** How the server ended a client's connection; undefined where the client left, nobody ended it, or the harness did. */
export function serversEnd(recording: Recording, client: ClientView) {
  const { end } = client;
  if (!end || end.event.type === 'left' || isHarnessDoing(recording, end)) return undefined;
  return { index: end.index, event: end.event };
}

/** What became of a client's connection, for people: `its connection ended with FIN 3 ms after SIGTERM`. */
export function endInWords(recording: Recording, stop: Stop, client: ClientView): string {
  const { end } = client;
  if (end && !isHarnessDoing(recording, end)) {
    const how = { fin: 'ended with FIN', rst: 'was reset', left: 'was closed by the client' }[end.event.type];
    return `its connection ${how} ${afterStop(recording, stop, end.event)}`;
  }
  const harness = endedByHarness(recording);
  return harness
    ? `its connection still stood when the harness ended the server ${afterStop(recording, stop, harness.event)}`
    : 'the end of its connection was not seen';
}
