import type { ClientRole } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import type { ClientView, Exchange } from './clients.js';
import { firstStop, ofFirstInstance, type Placed, type Stop } from './stop.js';

/** Whether one of a loop's many requests is in flight at the stop is chance: a verdict on it would change by itself. */
const loops: ReadonlySet<ClientRole> = new Set(['busy', 'leaving', 'patient', 'load', 'relayed']);

/** The requests of a client that the server provably had read, and had not answered, when the stop signal was sent. */
export function inFlight(client: ClientView, stop: Stop): Exchange[] {
  if (loops.has(client.role)) return [];
  const sentMs = stop.event.beforeMs;
  return client.exchanges.filter(({ request, read, replyStarted, reply }) => {
    if (request.event.part !== 'whole') return false;
    const proven = [read, replyStarted].some((proof) => proof !== undefined && proof.event.atMs < sentMs);
    return proven && !(reply && reply.event.atMs < sentMs);
  });
}

/** The requests that a client had written before an event and whose reply it had not read whole by then. */
export function unansweredAt(client: ClientView, placed: Placed): Exchange[] {
  return client.exchanges.filter(
    ({ request, reply }) => request.index < placed.index && !(reply && reply.index < placed.index),
  );
}

/**
 * True where the connection was made while the tree was frozen for the stop signal: the server cannot have accepted it
 * when the signal came. (A tree may have been frozen before, for a reload.)
 */
export function isInAcceptQueue(recording: Recording, client: ClientView): boolean {
  const frozen = ofFirstInstance(recording, 'frozen')
    .filter(({ index }) => index < client.connected.index)
    .at(-1);
  if (!frozen) return false;
  const thaw = ofFirstInstance(recording, 'thawed').find(({ index }) => index > frozen.index);
  const stop = firstStop(recording);
  return thaw === undefined || thaw.index > Math.max(client.connected.index, stop?.index ?? 0);
}

/** True where the request was seen in the server's receive queue while the tree was frozen: nobody can have read it. */
export function isQueuedWhileFrozen(recording: Recording, { queued }: Exchange): boolean {
  if (!queued) return false;
  const edges = [...ofFirstInstance(recording, 'frozen'), ...ofFirstInstance(recording, 'thawed')];
  const before = edges.filter(({ index }) => index < queued.index).sort((a, b) => a.index - b.index);
  return before.at(-1)?.event.type === 'frozen';
}

const loopingRoles: readonly ClientRole[] = ['busy', 'load', 'leaving', 'patient', 'relayed'];

/**
 * False where nothing shows that the server had accepted the connection at the stop. A client that loops with new
 * connections may have been in the accept queue; others are waited for before the signal is sent.
 */
export function isAccepted(recording: Recording, stop: Stop, client: ClientView): boolean {
  if (isInAcceptQueue(recording, client)) return false;
  if (!loopingRoles.includes(client.role)) return true;
  return client.exchanges.some((exchange) =>
    [exchange.read, exchange.replyStarted, exchange.reply].some(
      (proof) => proof !== undefined && proof.event.atMs < stop.event.beforeMs,
    ),
  );
}

/** True where a client was not reading its socket at the time of an event. */
export function isPausedAt(client: ClientView, placed: Placed): boolean {
  const before = client.events.filter(
    ({ index, event }) => index < placed.index && (event.type === 'paused' || event.type === 'resumed'),
  );
  return before.at(-1)?.event.type === 'paused';
}

/** True where a client stopped reading and never began again: what the server sent it is not known. */
export function isDeaf(client: ClientView): boolean {
  const last = client.events
    .filter(({ event }) => event.type === 'paused' || event.type === 'resumed')
    .at(-1);
  return last?.event.type === 'paused';
}
