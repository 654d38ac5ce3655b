import type { EventOf, EventType, RecordingEvent } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import type { Interval } from './time.js';

/** An event with its place in the recording, for use as evidence. */
export interface Placed<Event extends RecordingEvent = RecordingEvent> {
  readonly index: number;
  readonly event: Event;
}

/** All events of one type, with their places. */
export function all<Type extends EventType>(recording: Recording, type: Type): Placed<EventOf<Type>>[] {
  const found: Placed<EventOf<Type>>[] = [];
  recording.events.forEach((event, index) => {
    if (event.type === type) found.push({ index, event: event as EventOf<Type> });
  });
  return found;
}

/** All events of one type that belong to the first instance of the target. */
export function ofFirstInstance<Type extends EventType>(
  recording: Recording,
  type: Type,
): Placed<EventOf<Type>>[] {
  return all(recording, type).filter(({ event }) => !('instance' in event) || event.instance === 0);
}

/** The stop signals that the first instance was sent, in order. Only those that the contract declares. */
export function stopSignals(recording: Recording): Placed<EventOf<'signal'>>[] {
  return ofFirstInstance(recording, 'signal').filter(
    ({ event }) => event.error === undefined && recording.contract.stopSignals.includes(event.signal),
  );
}

/** The first stop signal, and when the target could first act on it. */
export interface Stop extends Placed<EventOf<'signal'>> {
  /** The time of its delivery: of the call, or where the tree was frozen at that time, of the thaw that followed. */
  readonly delivered: Interval;
}

/** The first stop signal of a run, or undefined where none was sent. */
export function firstStop(recording: Recording): Stop | undefined {
  const [first] = stopSignals(recording);
  return first && { ...first, delivered: delivered(recording, first) };
}

/** When a signal could first act: at the call, or at the thaw where the tree was frozen. */
export function delivered(recording: Recording, signal: Placed<EventOf<'signal'>>): Interval {
  const frozen = ofFirstInstance(recording, 'frozen')
    .filter(({ index }) => index < signal.index)
    .at(-1);
  const thaws = ofFirstInstance(recording, 'thawed');
  const thaw = frozen && thaws.find(({ index }) => index > frozen.index);
  const acted = thaw && thaw.index > signal.index ? thaw.event : signal.event;
  return { minMs: acted.beforeMs, maxMs: acted.atMs };
}

/** The end of the root of the first instance. */
export function rootExit(recording: Recording): Placed<EventOf<'exit'>> | undefined {
  return ofFirstInstance(recording, 'exit')[0];
}

/** The end of the whole tree of the first instance. */
export function treeGone(recording: Recording): Placed<EventOf<'gone'>> | undefined {
  return ofFirstInstance(recording, 'gone')[0];
}

/** Set where the harness had to end the first instance: what follows is not the target's doing. */
export function endedByHarness(recording: Recording): Placed<EventOf<'ended-by-harness'>> | undefined {
  return ofFirstInstance(recording, 'ended-by-harness')[0];
}

/** The fact that a scenario waited for in vain, if any. */
export function missedMoment(recording: Recording): Placed<EventOf<'missed'>> | undefined {
  return all(recording, 'missed')[0];
}
