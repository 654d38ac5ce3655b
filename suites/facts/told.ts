import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { type ClientView, clients } from './clients.js';
import { isHarnessDoing } from './since-stop.js';
import type { Placed, Stop } from './stop.js';

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

/** All clients of the first instance that were ever told, with their notices. */
export function toldClients(recording: Recording) {
  return clients(recording).flatMap((client) => {
    const told = client.told.filter((each) => !isHarnessDoing(recording, each));
    return client.instance === 0 && told.length > 0 ? [{ client, told }] : [];
  });
}
