import type { Recording } from '../../harness/recording/recording.js';
import type { Span } from './canary.js';
import { type ClientView, clients, type Exchange } from './clients.js';
import { isQueuedWhileFrozen } from './in-flight.js';
import { all } from './stop.js';

/** An exchange or a connection of the load that failed across a reload. */
export interface LoadFailure {
  readonly client: string;
  /** To be read after the client's name. */
  readonly text: string;
  readonly evidence: readonly number[];
}

/** What became of the `load` clients in a span. */
export interface Load {
  readonly failures: readonly LoadFailure[];
  /** Places of the replies to requests (for `tcp`: of the connections) that began in the span. */
  readonly served: readonly number[];
  /** The same of the requests that lay in the server's socket, with the tree frozen, when the span began. */
  readonly together: readonly number[];
  /** Places of such requests of which nothing more was seen. */
  readonly open: readonly number[];
}

/** The fate of all connections and exchanges of role `load` that was decided in the span. */
export function loadIn(recording: Recording, span: Span): Load {
  const within = (atMs: number) => atMs >= span.fromMs && atMs <= span.toMs;
  const refused = all(recording, 'connect-failed').flatMap(({ event, index }): LoadFailure[] =>
    event.role === 'load' && event.instance === 0 && within(event.beforeMs)
      ? [{ client: event.client, text: `could not connect (${event.code})`, evidence: [index] }]
      : [],
  );
  const load = clients(recording).filter(({ role, instance }) => role === 'load' && instance === 0);
  if (recording.contract.protocol === 'tcp') {
    const connected = load.filter((client) => within(client.connected.event.beforeMs));
    return {
      failures: refused,
      served: connected.map(({ connected: { index } }) => index),
      together: [],
      open: [],
    };
  }
  const wasWell = load.some(({ exchanges }) => exchanges.some((exchange) => isWell(exchange)));
  const failures = load.flatMap((client) =>
    client.exchanges.flatMap((exchange) => failureOf(recording, client, exchange, wasWell, span) ?? []),
  );
  const served = load.flatMap(({ exchanges }) =>
    exchanges.flatMap((exchange) =>
      exchange.reply && isWell(exchange) && within(exchange.request.event.beforeMs)
        ? [exchange.reply.index]
        : [],
    ),
  );
  const queued = load.flatMap(({ exchanges }) =>
    exchanges.filter(
      (exchange) => exchange.request.event.beforeMs < span.fromMs && isQueuedWhileFrozen(recording, exchange),
    ),
  );
  const together = queued.flatMap(({ reply }) => (reply && within(reply.event.atMs) ? [reply.index] : []));
  const failed = new Set(failures.flatMap(({ evidence }) => evidence));
  const open = queued.flatMap(({ request, reply }) =>
    (reply && within(reply.event.atMs)) || failed.has(request.index) ? [] : [request.index],
  );
  return { failures: [...refused, ...failures], served, together, open };
}

function isWell({ reply }: Exchange): boolean {
  return reply !== undefined && (reply.event.status ?? 200) < 500;
}

function failureOf(
  recording: Recording,
  client: ClientView,
  exchange: Exchange,
  wasWell: boolean,
  span: Span,
): LoadFailure | undefined {
  const { request, reply, truncated, number } = exchange;
  if (request.event.part !== 'whole') return undefined;
  const failure = (text: string, index: number): LoadFailure | undefined => {
    const atMs = recording.events[index]?.atMs ?? 0;
    if (atMs < span.fromMs || atMs > span.toMs) return undefined;
    return { client: client.id, text, evidence: [request.index, index] };
  };
  if (reply) {
    // A page that answers 500 all the time says nothing of the reload.
    return wasWell && !isWell(exchange)
      ? failure(`got status ${reply.event.status}`, reply.index)
      : undefined;
  }
  if (truncated) return failure('got only a part of a reply', truncated.index);
  const silence = client.events.find(({ event }) => event.type === 'no-reply' && event.exchange === number);
  const { end } = client;
  // It left by itself, for a reason of its own: unless it had waited in vain.
  if (end && end.event.type !== 'left' && end.index > request.index) {
    if (isKeepAliveRace(recording, exchange)) return undefined;
    return failure(`got ${end.event.type === 'fin' ? 'FIN' : 'a reset'} instead of a reply`, end.index);
  }
  return silence && failure('got no reply', silence.index);
}

/**
 * An idle connection that the server closes just when the client reuses it: HTTP clients expect that and send the
 * request again (RFC 9112 §9.3.1, §9.5), so no exchange is lost.
 */
function isKeepAliveRace(recording: Recording, exchange: Exchange): boolean {
  const { number, replyStarted } = exchange;
  const isReused = recording.contract.protocol === 'http' && number > 1 && replyStarted === undefined;
  return isReused && !isQueuedWhileFrozen(recording, exchange);
}
