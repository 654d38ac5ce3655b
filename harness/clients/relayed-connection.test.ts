import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ClientEvent, PeerEvent } from '../recording/events.js';
import { fakeServer } from './fake-server.js';
import { mostRecorded, RelayedConnection } from './relayed-connection.js';

/** Whether connections that are begun now get no answer. */
const hangs = vi.hoisted(() => ({ now: false }));
vi.mock('node:net', async (original) => {
  const net = await original<typeof import('node:net')>();
  const begin = (options: { allowHalfOpen?: boolean; noDelay?: boolean }) =>
    // Only the relay's own connections are without delay.
    hangs.now && options.noDelay ? new net.Socket(options) : net.connect(options as never);
  return { ...net, connect: begin };
});

const open: { destroy(): void }[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const each of open.splice(0)) each.destroy();
});

/** A client whose one connection is relayed to a server that does with it what the test says. */
async function relayed(serve: (socket: Socket) => void = () => {}) {
  const server = await fakeServer(serve);
  const events: (ClientEvent | PeerEvent)[] = [];
  const ways = createServer({ allowHalfOpen: true });
  ways.listen(0, '127.0.0.1');
  await once(ways, 'listening');
  const { port } = ways.address() as { port: number };
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  client.on('error', () => {});
  const [taken] = (await once(ways, 'connection')) as [Socket];
  const options = { protocol: 'echo', notice: 'BYE', trimmed: false } as const;
  const connection = new RelayedConnection(
    'c-1',
    0,
    taken,
    { host: '127.0.0.1', port: server.port, ...options },
    (event) => events.push(event),
  );
  open.push(client, connection, { destroy: () => ways.close() }, { destroy: () => void server.close() });
  const types = () => events.map(({ type }) => type);
  return { server, client, connection, events, types };
}

test('a client that writes before the server has taken it is heard all the same', async () => {
  const { client, types } = await relayed((socket) => socket.pipe(socket));
  client.write('one\n');
  await expect.poll(types).toContain('sent');
  expect(types().indexOf('connected')).toBeLessThan(types().indexOf('client-request'));
});

test('what a flood says is recorded up to a bound; the notice and the end always are', async () => {
  const { client, types } = await relayed((socket) => {
    let count = 0;
    socket.on('data', (bytes) => {
      count += bytes.toString().split('\n').length - 1;
      socket.write(bytes);
      if (count === mostRecorded + 10) socket.end('BYE\n');
    });
  });
  client.resume();
  client.write('x\n'.repeat(mostRecorded + 10));
  await expect.poll(types).toContain('server-left');
  const count = (type: string) => types().filter((each) => each === type).length;
  expect([count('request'), count('client-request'), count('reply-started'), count('reply')]).toEqual(
    Array(4).fill(mostRecorded),
  );
  expect([count('told'), count('fin')]).toEqual([1, 1]);
});

test('after its end by the harness nothing is recorded', async () => {
  const { client, connection, types, server } = await relayed();
  await expect.poll(types).toContain('connected');
  connection.destroy();
  client.resetAndDestroy();
  (await server.connection()).resetAndDestroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(types()).toEqual(['accepted', 'connected']);
});

describe('a server that does not accept', () => {
  /** Its accept queue is full: nobody answers, and nobody refuses. */
  async function silent() {
    hangs.now = true;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      return await relayed();
    } finally {
      hangs.now = false;
    }
  }

  test('is one that resets, after three seconds', async () => {
    const { events, client } = await silent();
    const failed = once(client, 'error');
    await vi.advanceTimersByTimeAsync(2999);
    expect(events.map(({ type }) => type)).toEqual(['accepted']);
    await vi.advanceTimersByTimeAsync(1);
    expect(events.slice(1)).toMatchObject([
      { type: 'connect-failed', code: 'ETIMEDOUT' },
      { type: 'server-left', how: 'rst' },
    ]);
    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  test('is nobody’s any more when the harness has ended the connection before', async () => {
    const { events, connection } = await silent();
    connection.destroy();
    await vi.advanceTimersByTimeAsync(5000);
    expect(events.map(({ type }) => type)).toEqual(['accepted']);
    expect(vi.getTimerCount()).toBe(0);
  });
});
