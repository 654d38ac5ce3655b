import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { firstStop, ofFirstInstance, type Placed } from './stop.js';

/**
 * The signal masks of the root as they were right before the first stop signal, where they show no handler for it:
 * then the kernel takes the default action, and no program has a say in it. Undefined where one was there already, and
 * where nothing says so.
 */
export function noHandlerAtStop(recording: Recording): Placed<EventOf<'dispositions'>> | undefined {
  const stop = firstStop(recording);
  if (!stop) return undefined;
  const seen = ofFirstInstance(recording, 'dispositions')
    .filter(({ index }) => index < stop.index)
    .at(-1);
  const root = seen?.event.processes.find(({ pid }) => pid === stop.event.pid);
  return root && ![...root.caught, ...root.blocked].includes(stop.event.signal) ? seen : undefined;
}
