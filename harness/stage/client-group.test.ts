import { expect, test } from 'vitest';
import type { Fleet } from '../clients/fleet.js';
import type { FleetCommand } from '../clients/messages.js';
import { nowMs } from '../clock.js';
import type { ServerSocket } from '../process/system.js';
import type { RecordingEvent } from '../recording/events.js';
import { ClientGroup } from './client-group.js';
import { type KnownClient, learn } from './known-client.js';
import { MomentMissed } from './moment-missed.js';

/** Two clients, each with one request of 90 bytes; `unread` says what the kernel shows of each, by its port. */
function group(
  unread: Readonly<Record<number, number>>,
  ids = ['slow-1', 'slow-2'],
  withheldPorts: readonly number[] = [],
) {
  const known = new Map<string, KnownClient>();
  const heard = (event: object) =>
    learn(known, { beforeMs: 0, atMs: 0, ...event } as Parameters<typeof learn>[1]);
  for (const [index, client] of ['slow-1', 'slow-2'].entries()) {
    heard({ type: 'connected', client, role: 'slow', instance: 0, localPort: 4001 + index });
    heard({ type: 'request', client, exchange: 1, bytes: 90, part: 'whole' });
  }
  const added: RecordingEvent[] = [];
  const told: FleetCommand[] = [];
  /** What the fleet has seen and not yet said. */
  const unsaid: object[] = [];
  const perform: Fleet['perform'] = async (command) => {
    told.push(command);
    if (command.do === 'flush') for (const event of unsaid.splice(0)) heard(event);
    return [];
  };
  const paused = new Set<string>();
  const interruption = new AbortController();
  const clients = new ClientGroup(ids, {
    run: 'slow-request/SIGTERM',
    fleet: { perform } as Pick<Fleet, 'perform'> as Fleet,
    serverSocket: (port): ServerSocket => ({
      accepted: true,
      withheld: withheldPorts.includes(port),
      unreadBytes: unread[port] ?? 0,
      unsentBytes: 0,
      lookedMs: nowMs(),
    }),
    protocol: 'http',
    known,
    add: (event) => added.push(event),
    paused,
    startMs: 0,
    abort: interruption.signal,
  });
  return { clients, heard, unsaid, added, told, paused, interruption };
}

const seen = (added: readonly RecordingEvent[]) =>
  added.map((event) =>
    'client' in event && 'exchange' in event ? [event.type, event.client, event.exchange] : [],
  );

test('withheld: it is recorded of those of which the kernel shows it, and true where it is all of them', async () => {
  const one = group({}, undefined, [4002]);
  expect(await one.clients.withheld()).toBe(false);
  expect(one.added).toEqual([{ type: 'withheld', client: 'slow-2', atMs: expect.any(Number) }]);
  const both = group({}, undefined, [4001, 4002]);
  expect(await both.clients.withheld()).toBe(true);
  expect(both.added).toHaveLength(2);
});

test('tryQueued: whether the requests are in the queues is a fact either way', async () => {
  expect(await group({ 4001: 90, 4002: 90 }).clients.tryQueued(30)).toBe(true);
  expect(await group({ 4001: 90, 4002: 0 }).clients.tryQueued(30)).toBe(false);
});

test('queued: the requests of all clients are seen in the queues, and each is recorded', async () => {
  const { clients, added } = group({ 4001: 90, 4002: 90 });
  await clients.queued();
  expect(seen(added)).toEqual([
    ['request-queued', 'slow-1', 1],
    ['request-queued', 'slow-2', 1],
  ]);
});

test('queued: one request that has not arrived is a moment missed, and is not recorded', async () => {
  const { clients, added } = group({ 4001: 90, 4002: 0 });
  await expect(clients.queued(30)).rejects.toThrow('the request is in the socket buffer of the server');
  expect(seen(added)).toEqual([['request-queued', 'slow-1', 1]]);
});

test('readByServer: true where all requests are in the handler', async () => {
  const { clients, added } = group({});
  expect(await clients.readByServer()).toBe(true);
  expect(seen(added)).toEqual([
    ['request-read', 'slow-1', 1],
    ['request-read', 'slow-2', 1],
  ]);
});

test('readByServer: false where a reply came before its request was seen there', async () => {
  const { clients, heard } = group({});
  heard({ type: 'reply', client: 'slow-2', exchange: 1, bytes: 6 });
  expect(await clients.readByServer()).toBe(false);
});

test('readByServer: what one server has not read is a moment missed', async () => {
  const { clients } = group({ 4002: 1 });
  await expect(clients.readByServer(30)).rejects.toThrow(MomentMissed);
});

test('a client that never connected cannot be looked at', async () => {
  const { clients } = group({}, ['slow-3']);
  await expect(clients.blocked()).rejects.toThrow('slow-3 is not');
});

test('pipeline: the clients stop reading first, and are known to have', async () => {
  const { clients, told, paused } = group({});
  await clients.pipeline(256);
  const which = { run: 'slow-request/SIGTERM', clients: ['slow-1', 'slow-2'] };
  expect(told).toEqual([
    { ...which, do: 'pause' },
    { ...which, do: 'request', part: 'whole', times: 256 },
  ]);
  expect([...paused]).toEqual(['slow-1', 'slow-2']);
});

test('awaitedByServer: waits for all clients, and stillAwaitedByServer looks at all', async () => {
  const { clients, heard } = group({});
  await clients.awaitedByServer();
  clients.stillAwaitedByServer();
  heard({ type: 'reply-started', client: 'slow-2', exchange: 1 });
  expect(() => clients.stillAwaitedByServer()).toThrow('slow-2 was answered');
  await expect(clients.awaitedByServer()).rejects.toThrow('slow-2 was answered');
});

test('awaitReplies: over when each was answered or has lost its connection', async () => {
  const { clients, heard, added } = group({});
  heard({ type: 'reply', client: 'slow-1', exchange: 1, bytes: 6 });
  heard({ type: 'fin', client: 'slow-2' });
  await clients.awaitReplies(5000);
  expect(added).toEqual([]);
});

test('awaitReplies: that one got no reply in time is a fact', async () => {
  const { clients, heard, added } = group({});
  heard({ type: 'reply', client: 'slow-1', exchange: 1, bytes: 6 });
  await clients.awaitReplies(20);
  expect(seen(added)).toEqual([['no-reply', 'slow-2', 1]]);
  expect(added).toMatchObject([{ waitedMs: 20 }]);
});

test('leaveOnceAnswered: hears what comes after the replies, and closes', async () => {
  const { clients, heard, told } = group({});
  heard({ type: 'reply', client: 'slow-1', exchange: 1, bytes: 6 });
  heard({ type: 'fin', client: 'slow-2' });
  await clients.leaveOnceAnswered({ timeoutMs: 5000, patienceMs: 700 });
  expect(told).toMatchObject([
    { do: 'await-told', timeoutMs: 700 },
    { do: 'leave', how: 'fin', afterMs: 0 },
  ]);
});

test('leaveOnceAnswered: who waits for a reply stays', async () => {
  const { clients, heard, told } = group({});
  heard({ type: 'reply', client: 'slow-1', exchange: 1, bytes: 6 });
  await clients.leaveOnceAnswered({ timeoutMs: 20, patienceMs: 700 });
  expect(told).toEqual([]);
});

test('readByServer: false where the reply has been read, and the harness has not been told yet', async () => {
  const { clients, unsaid } = group({});
  unsaid.push({ type: 'reply', client: 'slow-2', exchange: 1, bytes: 6 });
  expect(await clients.readByServer()).toBe(false);
});

test('repliedBefore: by the time at which the fleet saw the reply, told by now or not', async () => {
  const { clients, unsaid } = group({});
  expect(await clients.repliedBefore(100)).toBe(false);
  unsaid.push({ type: 'reply', client: 'slow-2', exchange: 1, bytes: 6, atMs: 50 });
  expect(await clients.repliedBefore(100)).toBe(true);
  expect(await clients.repliedBefore(50)).toBe(false);
});

/** Each waits for what does not come: the requests have been read, and are not answered. */
const waits: [string, (clients: ClientGroup) => Promise<unknown>][] = [
  ['queued', (clients) => clients.queued(60_000)],
  ['blocked', (clients) => clients.blocked(60_000)],
  ['replied', (clients) => clients.replied(1, 60_000)],
  ['awaitReplies', (clients) => clients.awaitReplies(60_000)],
];
test.each(waits)('%s: an interruption ends the wait', async (_name, wait) => {
  const { clients, interruption } = group({});
  const waited = wait(clients).catch((error: unknown) => error);
  await new Promise(setImmediate);
  const fromMs = nowMs();
  interruption.abort();
  await waited;
  expect(nowMs() - fromMs).toBeLessThan(1000);
});
