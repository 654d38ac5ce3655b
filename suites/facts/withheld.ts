import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { type ClientView, clients } from './clients.js';
import { all, type Placed } from './stop.js';
import { duration } from './time.js';

/**
 * A connection for which the accept queue had no room is offered again after one second (RFC 6298 §2, the first
 * retransmission of SYN-ACK). What is kept back for this long is kept back for another reason, in milliseconds. A
 * busy machine may be late with that: as late as it was seen to be comes on top.
 */
const offeredAgainMs = 1500;

/**
 * Why there was no client that had been accepted and had sent nothing, in words: the kernel kept the connections from
 * the server all the time, and somebody who came later and spoke was served meanwhile. Undefined where the recording
 * does not show that before this event.
 */
export function keptFromServer(recording: Recording, missed: Placed): string | undefined {
  const silent = clients(recording).find((client) => lastWithheld(client, missed));
  if (silent === undefined) return undefined;
  const peers = clients(recording).filter((client) => isPeer(client, silent, missed));
  const proofs = peers.map((peer) => proofOf(recording, peer, missed));
  return proofs.every((proof) => proof !== undefined) ? proofs[0] : undefined;
}

/** It plays the same part, and was still connected. */
function isPeer(client: ClientView, silent: ClientView, missed: Placed): boolean {
  return (
    client.role === silent.role &&
    client.instance === silent.instance &&
    client.connected.index < missed.index &&
    !(client.end && client.end.index < missed.index)
  );
}

function proofOf(recording: Recording, client: ClientView, missed: Placed): string | undefined {
  const withheld = lastWithheld(client, missed);
  if (withheld === undefined) return undefined;
  const [fromMs, toMs] = [client.connected.event.atMs, withheld.event.atMs];
  const served = clients(recording).find((other) => isServedMeanwhile(other, client, withheld));
  const waitedMs = toMs - fromMs;
  if (waitedMs - worstLagMs(recording, fromMs, toMs) < offeredAgainMs || served === undefined)
    return undefined;
  return `the kernel gives the target no connection before its first byte (as with TCP_DEFER_ACCEPT): ${client.id} was kept from it for ${duration(waitedMs)}, in which ${served.id} came later and was served`;
}

function worstLagMs(recording: Recording, fromMs: number, toMs: number): number {
  const lags = all(recording, 'lag').filter(
    ({ event }) => event.atMs >= fromMs && event.atMs - event.lagMs <= toMs,
  );
  return Math.max(0, ...lags.map(({ event }) => event.lagMs));
}

function lastWithheld({ events }: ClientView, { index }: Placed): Placed<EventOf<'withheld'>> | undefined {
  return events.findLast(
    (placed): placed is Placed<EventOf<'withheld'>> =>
      placed.event.type === 'withheld' && placed.index < index,
  );
}

/** It connected after the silent client, and had its reply before the kernel was last seen to keep that one back. */
function isServedMeanwhile(other: ClientView, silent: ClientView, withheld: Placed): boolean {
  return (
    other.instance === silent.instance &&
    other.connected.event.beforeMs >= silent.connected.event.atMs &&
    other.exchanges.some(({ reply }) => reply !== undefined && reply.index < withheld.index)
  );
}
