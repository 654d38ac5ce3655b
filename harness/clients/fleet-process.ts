/**
 * The client fleet: one process that holds the clients of all runs, so that what they see is not delayed by what the
 * harness does. It is started by `fleet.ts`, is told what to do over IPC, and ends with the harness.
 */
import { watchLag } from '../lag.js';
import type { ClientEvent } from '../recording/events.js';
import { Client } from './client.js';
import type { ClientResult, FleetCommand, FleetMessage, FleetRequest, LoopOptions } from './messages.js';

/** In a loop, what takes longer than this has failed. */
const connectTimeoutMs = 2000;
const exchangeTimeoutMs = 5000;

const runs = new Map<string, Map<string, Client>>();
interface Loop {
  again: boolean;
  over: Promise<void>;
}
const loops = new Map<string, Loop>();
let unsent: { run: string; event: ClientEvent }[] = [];

function send(message: FleetMessage): void {
  if (process.connected) process.send?.(message);
}

/** Events are sent in batches, once per turn of the loop, and always before an answer that follows them. */
function record(run: string, event: ClientEvent): void {
  if (unsent.length === 0) setImmediate(sendEvents);
  unsent.push({ run, event });
}

function sendEvents(): void {
  if (unsent.length === 0) return;
  const events = unsent;
  unsent = [];
  send({ type: 'events', events });
}

function clientsOf(run: string): Map<string, Client> {
  const clients = runs.get(run) ?? new Map<string, Client>();
  runs.set(run, clients);
  return clients;
}

function create(run: string, id: string, options: Client['options']): Client {
  const client = new Client(id, options, (event) => record(run, event));
  clientsOf(run).set(id, client);
  return client;
}

function startLoop(key: string, run: string, client: Client, options: LoopOptions): void {
  const running: Loop = { again: true, over: Promise.resolve() };
  loops.set(key, running);
  running.over = loop(run, client, options, running);
}

async function loop(
  run: string,
  first: Client,
  { pauseMs, connection }: LoopOptions,
  running: Loop,
): Promise<void> {
  let client = first;
  for (let count = 1; running.again; count += 1) {
    if (connection === 'fresh') client.leave('fin');
    if (client.ended && connection === 'keep') return;
    if (client.ended) {
      client = create(run, `${first.id}.${count}`, first.options);
      await client.connect(connectTimeoutMs);
    }
    if (!client.ended) await client.exchange(exchangeTimeoutMs);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  if (connection === 'fresh') client.leave('fin');
}

async function perform(command: FleetCommand): Promise<readonly ClientResult[]> {
  const known = clientsOf(command.run);
  if (command.do === 'connect') {
    const { run, options, timeoutMs } = command;
    return Promise.all(command.clients.map((id) => create(run, id, options).connect(timeoutMs)));
  }
  if (command.do === 'release') {
    for (const client of known.values()) client.destroy();
    for (const [key, running] of loops) {
      if (!key.startsWith(`${command.run} `)) continue;
      running.again = false;
      loops.delete(key);
    }
    runs.delete(command.run);
    return [];
  }
  const clients = command.clients.flatMap((id) => known.get(id) ?? []);
  return Promise.all(clients.map((client) => performOn(client, command)));
}

type OnClient = Exclude<FleetCommand, { do: 'connect' | 'release' }>;

async function performOn(client: Client, command: OnClient): Promise<ClientResult> {
  const key = `${command.run} ${client.id}`;
  const ok = { client: client.id, ok: true };
  const late = (what: string) => ({ client: client.id, ok: false, reason: what });
  switch (command.do) {
    case 'exchange':
      return client.exchange(command.timeoutMs);
    case 'loop':
      startLoop(key, command.run, client, command);
      return ok;
    case 'stop-loop': {
      const running = loops.get(key);
      if (running) running.again = false;
      await running?.over;
      return ok;
    }
    case 'request':
      client.request(command.part, command.path);
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
watchLag((lag) => send({ type: 'lag', ...lag }));
send({ type: 'started' });
