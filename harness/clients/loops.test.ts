import { afterEach, expect, test } from 'vitest';
import type { ClientEvent } from '../recording/events.js';
import { Client } from './client.js';
import { type FakeServer, fakeServer } from './fake-server.js';
import { Loops } from './loops.js';

let server: FakeServer;
let loops: Loops;
const clients: Client[] = [];
afterEach(async () => {
  loops.release();
  for (const client of clients.splice(0)) client.destroy();
  await server.close();
});

/** One client in a loop, whose server answers after `delayMs`, and closes after each reply where it is `oneShot`. */
async function looping({ oneShot = false, delayMs = 0 } = {}) {
  server = await fakeServer((socket) => {
    socket.on('data', (bytes) => {
      setTimeout(() => (oneShot ? socket.end(bytes) : socket.write(bytes)), delayMs);
    });
  });
  const events: ClientEvent[] = [];
  const create = (id: string, options: Client['options']) => {
    const client = new Client(id, options, (event) => events.push(event));
    clients.push(client);
    return client;
  };
  loops = new Loops(create);
  const { port } = server;
  const place = { role: 'busy', instance: 0, host: '127.0.0.1', port, protocol: 'echo' } as const;
  const talk = { notice: undefined, trimmed: false, path: '/', leaveWhenTold: false };
  const first = create('busy-1', { ...place, ...talk });
  await first.connect(2000);
  const of = (type: ClientEvent['type']) => events.filter((event) => event.type === type);
  return { first, events, of };
}

test('a loop that was stopped has no request in flight, and goes on when it is begun again', async () => {
  const { first, of } = await looping({ delayMs: 5 });
  loops.start(first, { pauseMs: 0, connection: 'keep' });
  await expect.poll(() => of('reply').length).toBeGreaterThan(3);
  await loops.stop(first);
  const { length } = of('reply');
  expect(of('request')).toHaveLength(length);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(of('request')).toHaveLength(length);
  loops.start(first, { pauseMs: 0, connection: 'keep' });
  await expect.poll(() => of('reply').length).toBeGreaterThan(length + 3);
});

test('a client that goes on with new connections never has the id of an earlier one, nor in a second loop', async () => {
  const { first, of } = await looping({ oneShot: true });
  for (const atLeast of [3, 6]) {
    loops.start(first, { pauseMs: 0, connection: 'reconnect' });
    await expect.poll(() => of('reply').length).toBeGreaterThanOrEqual(atLeast);
    await loops.stop(first);
  }
  const ids = of('connected').map((event) => 'client' in event && event.client);
  expect(ids.slice(0, 3)).toEqual(['busy-1', 'busy-1.1', 'busy-1.2']);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a loop on one connection is over when that ends', async () => {
  const { first, of } = await looping({ oneShot: true });
  loops.start(first, { pauseMs: 0, connection: 'keep' });
  await expect.poll(() => of('fin')).toHaveLength(1);
  await loops.stop(first);
  expect(of('connected')).toHaveLength(1);
});

test('what is released begins nothing new', async () => {
  const { first, of } = await looping({ oneShot: true });
  loops.start(first, { pauseMs: 5, connection: 'fresh' });
  await expect.poll(() => of('reply').length).toBeGreaterThan(2);
  loops.release();
  await loops.stop(first);
  const { length } = of('connected');
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(of('connected')).toHaveLength(length);
});
