import type { Recording } from '../../harness/recording/recording.js';
import { type ClientView, clients } from './clients.js';
import { all } from './stop.js';

/** A span of the recording: from an act on, and before the first stop signal or the end of the target's own life. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How one client fared in a span. `pending` means that nothing is known of it by the end of the span. */
export interface Fare {
  readonly client: string;
  readonly outcome: 'served' | 'failed' | 'pending';
  /** What happened to it, to be read after its name: `was refused (ECONNREFUSED)`. */
  readonly text: string;
  readonly evidence: readonly number[];
}

/** How the canaries fared that began to connect to the first instance in the span. */
export function canaries(recording: Recording, span: Span): Fare[] {
  const within = (beforeMs: number) => beforeMs >= span.fromMs && beforeMs <= span.toMs;
  const refused = all(recording, 'connect-failed').flatMap(({ event, index }): Fare[] =>
    event.role === 'canary' && event.instance === 0 && within(event.beforeMs)
      ? [failed(event.client, `could not connect (${event.code})`, [index])]
      : [],
  );
  const connected = clients(recording).flatMap((client) =>
    client.role === 'canary' && client.instance === 0 && within(client.connected.event.beforeMs)
      ? [fareOf(recording, client, span)]
      : [],
  );
  return [...refused, ...connected];
}

/** How one connected client fared: whether a request that it sent in the span was answered. */
export function fareOf(recording: Recording, client: ClientView, span: Span): Fare {
  const { id } = client;
  const connection = client.connected.index;
  if (recording.contract.protocol === 'tcp') return fareOfConnection(client, span);
  const sent = client.exchanges.filter(
    ({ request }) => request.event.beforeMs >= span.fromMs && request.event.beforeMs <= span.toMs,
  );
  const unanswered = sent.find(({ reply }) => reply === undefined);
  const silence = client.events.find(
    ({ event }) => event.type === 'no-reply' && event.exchange === unanswered?.number,
  );
  const closed = closedIn(client, span);
  if (unanswered && silence) {
    return failed(id, 'got no reply', [unanswered.request.index, silence.index]);
  }
  if (unanswered && closed) {
    return failed(id, `got ${closed.text} instead of a reply`, [unanswered.request.index, closed.index]);
  }
  if (sent.length > 0 && !unanswered) {
    const replies = sent.flatMap(({ request, reply }) => (reply ? [request.index, reply.index] : []));
    return { client: id, outcome: 'served', text: 'was served', evidence: replies.slice(-2) };
  }
  if (closed) return failed(id, `was closed by the server (${closed.text})`, [connection, closed.index]);
  return { client: id, outcome: 'pending', text: 'was not served in time', evidence: [connection] };
}

function fareOfConnection(client: ClientView, span: Span): Fare {
  const closed = closedIn(client, span);
  const at = client.connected.index;
  return closed
    ? failed(client.id, `was closed by the server (${closed.text})`, [at, closed.index])
    : { client: client.id, outcome: 'served', text: 'was connected', evidence: [at] };
}

function closedIn({ end }: ClientView, span: Span) {
  if (!end || end.event.type === 'left') return undefined;
  if (end.event.atMs < span.fromMs || end.event.atMs > span.toMs) return undefined;
  return { index: end.index, text: end.event.type === 'fin' ? 'FIN' : `a reset, ${end.event.code}` };
}

function failed(client: string, text: string, evidence: readonly number[]): Fare {
  return { client, outcome: 'failed', text, evidence };
}
