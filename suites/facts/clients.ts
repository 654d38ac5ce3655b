import type { ClientEvent, ClientRole, EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import type { Placed, Stop } from './stop.js';

/** Everything that one client saw and did, taken out of a recording. */
export interface ClientView {
  readonly id: string;
  readonly role: ClientRole;
  readonly instance: number;
  readonly connected: Placed<EventOf<'connected'>>;
  readonly events: readonly Placed<ClientEvent>[];
  readonly told: readonly Placed<EventOf<'told'>>[];
  /** How the connection ended first: by the server (`fin`, `rst`) or by the client itself (`left`). */
  readonly end: Placed<EventOf<'fin'> | EventOf<'rst'> | EventOf<'left'>> | undefined;
  readonly exchanges: readonly Exchange[];
}

/** One request and what became of it. */
export interface Exchange {
  readonly number: number;
  readonly request: Placed<EventOf<'request'>>;
  readonly queued: Placed<EventOf<'request-queued'>> | undefined;
  readonly read: Placed<EventOf<'request-read'>> | undefined;
  readonly replyStarted: Placed<EventOf<'reply-started'>> | undefined;
  readonly reply: Placed<EventOf<'reply'>> | undefined;
  readonly truncated: Placed<EventOf<'reply-truncated'>> | undefined;
}

/** Recordings do not change, and every judge asks for their clients. */
const views = new WeakMap<Recording, readonly ClientView[]>();

/** All clients that connected, in order of their connecting. */
export function clients(recording: Recording): readonly ClientView[] {
  const known = views.get(recording) ?? collect(recording);
  views.set(recording, known);
  return known;
}

function collect(recording: Recording): ClientView[] {
  const eventsOf = new Map<string, Placed<ClientEvent>[]>();
  recording.events.forEach((event, index) => {
    if (!('client' in event)) return;
    const list = eventsOf.get(event.client) ?? [];
    list.push({ event, index });
    eventsOf.set(event.client, list);
  });
  return [...eventsOf].flatMap(([id, events]) => {
    const connected = pick(events, 'connected')[0];
    if (!connected) return [];
    const end = events.find(
      ({ event }) => event.type === 'fin' || event.type === 'rst' || event.type === 'left',
    );
    return [
      {
        id,
        role: connected.event.role,
        instance: connected.event.instance,
        connected,
        events,
        told: pick(events, 'told'),
        end: end as ClientView['end'],
        exchanges: exchanges(events),
      },
    ];
  });
}

/** The clients of the first instance whose connection stood when the stop signal was sent, canaries excepted. */
export function clientsAtStop(recording: Recording, stop: Stop): ClientView[] {
  return clients(recording).filter(
    (client) =>
      client.instance === 0 &&
      client.role !== 'canary' &&
      client.connected.event.atMs <= stop.event.beforeMs &&
      (client.end === undefined || client.end.event.atMs > stop.event.beforeMs),
  );
}

function exchanges(events: readonly Placed<ClientEvent>[]): Exchange[] {
  // A busy client has thousands of exchanges: one walk, not one for each.
  const found = new Map<number, Record<string, Placed<ClientEvent>>>();
  for (const placed of events) {
    const { event } = placed;
    if (!('exchange' in event)) continue;
    const facts = found.get(event.exchange) ?? {};
    facts[event.type] ??= placed;
    found.set(event.exchange, facts);
  }
  return pick(events, 'request').map((request) => {
    const number = request.event.exchange;
    const of = <Type extends ClientEvent['type']>(type: Type) =>
      found.get(number)?.[type] as Placed<EventOf<Type>> | undefined;
    return {
      number,
      request,
      queued: of('request-queued'),
      read: of('request-read'),
      replyStarted: of('reply-started'),
      reply: of('reply'),
      truncated: of('reply-truncated'),
    };
  });
}

function pick<Type extends ClientEvent['type']>(
  events: readonly Placed<ClientEvent>[],
  type: Type,
): Placed<EventOf<Type>>[] {
  return events.filter(({ event }) => event.type === type) as unknown as Placed<EventOf<Type>>[];
}
