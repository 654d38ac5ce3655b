import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { type ClientView, clients } from './clients.js';
import { isHarnessDoing } from './since-stop.js';
import { ofFirstInstance, type Placed, type Stop } from './stop.js';

/** The reason why a requirement on the notice does not apply; undefined where the contract declares one. */
export function noNotice(recording: Recording): string | undefined {
  return recording.contract.notice === undefined ? 'the contract declares no notice' : undefined;
}

/** The notices that a client read after the stop signal was sent and before the harness ended the target. */
export function toldSince(
  recording: Recording,
  stop: Stop,
  client: ClientView,
): readonly Placed<EventOf<'told'>>[] {
  return client.told.filter(
    (told) => told.event.atMs >= stop.event.beforeMs && !isHarnessDoing(recording, told),
  );
}

/**
 * The notices since the first signal that the target may have taken for a stop: one that nobody has declared (SIGHUP) may
 * begin its shutdown as well, and then the stop signal that follows finds everybody told.
 */
export function toldOfTheEnd(
  recording: Recording,
  stop: Stop,
  client: ClientView,
): readonly Placed<EventOf<'told'>>[] {
  const { reloadSignals, ignoreSignals } = recording.contract;
  const first = ofFirstInstance(recording, 'signal').find(
    ({ event }) => event.error === undefined && ![...reloadSignals, ...ignoreSignals].includes(event.signal),
  );
  return toldSince(recording, first && first.index < stop.index ? { ...stop, ...first } : stop, client);
}

/** All clients of the first instance that were ever told, with their notices. */
export function toldClients(recording: Recording) {
  return clients(recording).flatMap((client) => {
    const told = client.told.filter((each) => !isHarnessDoing(recording, each));
    return client.instance === 0 && told.length > 0 ? [{ client, told }] : [];
  });
}
