import type { EventOf, PeerEvent } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { endedByHarness, type Placed, treeGone } from './stop.js';
import { between, type Interval, window } from './time.js';

/** One connection of a client that is under test, taken out of a recording. */
export interface PeerView {
  readonly id: string;
  readonly accepted: Placed<EventOf<'accepted'>> | undefined;
  readonly requests: readonly Placed<EventOf<'client-request'>>[];
  readonly sent: readonly Placed<EventOf<'sent'>>[];
  readonly reads: readonly Placed<EventOf<'client-read'>>[];
  readonly clientLeft: Placed<EventOf<'client-left'>> | undefined;
  readonly serverLeft: Placed<EventOf<'server-left'>> | undefined;
  /** The relay of a pair had accepted it when the server refused it. A relay cannot refuse: it resets. */
  readonly refused: Placed<EventOf<'connect-failed'>> | undefined;
}

/** How a client was told: by the notice alone, in one segment with a reply, or piece by piece. */
export type Manner = 'alone' | 'with-reply' | 'split';

/** A client that was told on one of its connections. */
export interface Telling {
  readonly peer: PeerView;
  readonly manner: Manner;
  /** What was sent first, and what made the notice whole. */
  readonly first: Placed<EventOf<'sent'>>;
  readonly last: Placed<EventOf<'sent'>>;
  /** When it was read; undefined where that was not seen. */
  readonly read: Placed<EventOf<'client-read'>> | undefined;
}

const known = new WeakMap<Recording, readonly PeerView[]>();

/** All connections of the client, in the order in which they came. */
export function peers(recording: Recording): readonly PeerView[] {
  const found = known.get(recording) ?? collect(recording);
  known.set(recording, found);
  return found;
}

function collect(recording: Recording): PeerView[] {
  const eventsOf = new Map<string, Placed<PeerEvent>[]>();
  const refused = new Map<string, Placed<EventOf<'connect-failed'>>>();
  recording.events.forEach((event, index) => {
    if (event.type === 'connect-failed') refused.set(event.client, { event, index });
    if (!('connection' in event)) return;
    const list = eventsOf.get(event.connection) ?? [];
    list.push({ event, index });
    eventsOf.set(event.connection, list);
  });
  return [...eventsOf].map(([id, events]) => ({
    id,
    accepted: pick(events, 'accepted')[0],
    requests: pick(events, 'client-request'),
    sent: pick(events, 'sent'),
    reads: pick(events, 'client-read'),
    clientLeft: pick(events, 'client-left')[0],
    serverLeft: pick(events, 'server-left')[0],
    refused: refused.get(id),
  }));
}

/** Every connection on which the whole notice was sent. */
export function tellings(recording: Recording): Telling[] {
  return peers(recording).flatMap((peer) => {
    const parts = peer.sent.filter(({ event }) => event.what === 'notice-part');
    const [whole] = peer.sent.filter(
      ({ event }) => event.what === 'notice' || event.what === 'reply-and-notice',
    );
    const [first, last] = whole ? [whole, whole] : [parts[0], parts.at(-1)];
    if (!first || !last) return [];
    const wanted = Buffer.byteLength(recording.contract.notice ?? '');
    // A client that closes in the middle of it has not waited for the rest: that is no telling.
    if (!whole && parts.reduce((sum, { event }) => sum + event.bytes, 0) < wanted) return [];
    const manner = !whole ? 'split' : whole.event.what === 'notice' ? 'alone' : 'with-reply';
    const read = peer.reads.find(({ event }) => event.atMs >= last.event.beforeMs);
    return [{ peer, manner, first, last, read }] as const;
  });
}

/** When a told client had read the notice, as far as it was seen. */
export function readWindow({ read }: Telling): Interval | undefined {
  return read && { minMs: read.event.sinceMs, maxMs: read.event.atMs };
}

/** Until when a client's connection was watched: the harness, or the server, ended what was left then. */
export function watchedUntilMs(recording: Recording, { serverLeft }: PeerView): number {
  const ended = endedByHarness(recording);
  return Math.min(
    ended?.event.beforeMs ?? Number.POSITIVE_INFINITY,
    serverLeft?.event.beforeMs ?? Number.POSITIVE_INFINITY,
    recording.events.at(-1)?.atMs ?? 0,
  );
}

/** The client's own end of a connection; undefined where it was the harness that ended the client. */
export function leftByItself(
  recording: Recording,
  { clientLeft }: PeerView,
): Placed<EventOf<'client-left'>> | undefined {
  const ended = endedByHarness(recording);
  const gone = treeGone(recording);
  if (!clientLeft || !ended || (gone && gone.index < ended.index)) return clientLeft;
  // What a SIGKILL of the harness causes may be seen before the call has been recorded as done.
  return clientLeft.event.atMs <= ended.event.beforeMs ? clientLeft : undefined;
}

/** From the reading of the notice to the end of the connection; from its sending where the reading was not seen. */
export function closingTime(recording: Recording, telling: Telling): Interval | undefined {
  const left = leftByItself(recording, telling.peer);
  if (!left) return undefined;
  const read = readWindow(telling);
  const sent = telling.last.event;
  const from = read ?? { minMs: sent.beforeMs, maxMs: left.event.atMs };
  const elapsed = between(from, window(recording, left.event));
  return { minMs: elapsed.minMs, maxMs: Math.max(0, elapsed.maxMs) };
}

function pick<Type extends PeerEvent['type']>(
  events: readonly Placed<PeerEvent>[],
  type: Type,
): Placed<EventOf<Type>>[] {
  return events.filter(({ event }) => event.type === type) as unknown as Placed<EventOf<Type>>[];
}
