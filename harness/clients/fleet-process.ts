/**
 * The client fleet: one process that holds the clients of all runs, so that what they see is not delayed by what the
 * harness does. It is started by `fleet.ts`, is told what to do over IPC, and ends with the harness.
 */
import { watchLag } from '../lag.js';
import type { ClientEvent, PeerEvent } from '../recording/events.js';
import { Client } from './client.js';
import { forgetConnections } from './forget-connections.js';
import { Loops } from './loops.js';
import type { ClientResult, FleetCommand, FleetMessage, FleetRequest } from './messages.js';
import { Relay } from './relay.js';

/** All of one run. */
interface Cast {
  readonly clients: Map<string, Client>;
  readonly loops: Loops;
  readonly relays: Relay[];
}

const casts = new Map<string, Cast>();
/** A fleet without clients observes nothing, and many idle ones that tick would keep a core busy. */
let stopWatching: (() => void) | undefined;
let unsent: { run: string; event: ClientEvent | PeerEvent }[] = [];

/** A harness that has gone is heard of only after this: without a callback the EPIPE would be thrown, and its stack printed. */
function send(message: FleetMessage): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

/** Events are sent in batches, once per turn of the loop, and always before an answer that follows them. */
function record(run: string, event: ClientEvent | PeerEvent): void {
  if (unsent.length === 0) setImmediate(sendEvents);
  unsent.push({ run, event });
}

function sendEvents(): void {
  if (unsent.length === 0) return;
  const events = unsent;
  unsent = [];
  send({ type: 'events', events });
}

function castOf(run: string): Cast {
  const known = casts.get(run);
  if (known) return known;
  const cast = {
    clients: new Map(),
    loops: new Loops((id, options) => create(run, id, options)),
    relays: [],
  };
  casts.set(run, cast);
  stopWatching ??= watchLag((lag) => send({ type: 'lag', ...lag }));
  return cast;
}

function create(run: string, id: string, options: Client['options']): Client {
  const client = new Client(id, options, (event) => record(run, event));
  castOf(run).clients.set(id, client);
  return client;
}

async function perform(command: FleetCommand): Promise<readonly ClientResult[]> {
  if (command.do === 'forget') return forgetConnections();
  const { clients: known, loops, relays } = castOf(command.run);
  if (command.do === 'connect') {
    const { run, options, timeoutMs } = command;
    return Promise.all(command.clients.map((id) => create(run, id, options).connect(timeoutMs)));
  }
  if (command.do === 'relay') {
    const { run, options, process } = command;
    const relay = new Relay(process, options, (event) => record(run, event));
    relays.push(relay);
    return [{ client: `relay-${process}`, ok: true, port: await relay.listen('127.0.0.1') }];
  }
  if (command.do === 'refuse') {
    for (const relay of relays) relay.refuse();
    return [];
  }
  if (command.do === 'release') {
    for (const relay of relays) relay.destroy();
    for (const client of known.values()) client.destroy();
    loops.release();
    casts.delete(command.run);
    if (casts.size === 0) stopWatching = void stopWatching?.();
    return [];
  }
  const clients = command.clients.flatMap((id) => known.get(id) ?? []);
  return Promise.all(clients.map((client) => performOn(client, loops, command)));
}

type OnClient = Exclude<FleetCommand, { do: 'connect' | 'release' | 'relay' | 'refuse' | 'forget' }>;

async function performOn(client: Client, loops: Loops, command: OnClient): Promise<ClientResult> {
  const ok = { client: client.id, ok: true };
  const late = (what: string) => ({ client: client.id, ok: false, reason: what });
  switch (command.do) {
    case 'exchange':
      return client.exchange(command.timeoutMs);
    case 'loop':
      loops.start(client, command);
      return ok;
    case 'stop-loop':
      await loops.stop(client);
      return ok;
    case 'request':
      for (let count = command.times ?? 1; count > 0; count -= 1) client.request(command.part, command.path);
      return ok;
    case 'fill':
      client.fill(command.maxBytes);
      return ok;
    case 'pause':
      client.pause();
      return ok;
    case 'resume':
      client.resume();
      return ok;
    case 'leave':
      if (command.afterMs > 0) setTimeout(() => client.leave(command.how), command.afterMs);
      else client.leave(command.how);
      return ok;
    case 'vanish':
      client.request('whole');
      client.leave('rst');
      return ok;
    case 'await-end':
      return (await client.awaitEnd(command.timeoutMs)) ? ok : late('its connection has not ended');
    case 'await-told':
      return (await client.awaitTold(command.timeoutMs)) ? ok : late('it was not told');
    case 'flush':
      return ok;
  }
}

process.on('message', ({ id, command }: FleetRequest) => {
  perform(command)
    .then((results) => ({ results }))
    .catch((error: unknown) => ({ results: [], error: String(error) }))
    .then((answer) => {
      sendEvents();
      send({ type: 'answer', id, ...answer });
    })
    .catch(() => process.exit(1));
});
// The harness is gone, however it went: nothing here may outlive it.
process.on('disconnect', () => process.exit(0));
// Ctrl+C in a terminal reaches this process too. The harness decides when its clients go.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => {});
send({ type: 'started' });
