import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClientEvent } from '../recording/events.js';
import { Client } from './client.js';
import { type FakeServer, fakeServer } from './fake-server.js';
import type { ConnectOptions } from './messages.js';

const open: { close(): Promise<void> }[] = [];
const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const server of open.splice(0)) await server.close();
});

async function serve(...options: Parameters<typeof fakeServer>): Promise<FakeServer> {
  const server = await fakeServer(...options);
  open.push(server);
  return server;
}

function client(port: number, other: Partial<ConnectOptions> = {}) {
  const events: ClientEvent[] = [];
  const usual = {
    role: 'idle',
    instance: 0,
    host: '127.0.0.1',
    protocol: 'echo',
    notice: 'SHUTDOWN',
  } as const;
  const options = { ...usual, port, trimmed: false, path: '/', leaveWhenTold: false, ...other };
  const made = new Client('idle-1', options, (event) => events.push(event));
  clients.push(made);
  return { client: made, events, types: () => events.map(({ type }) => type) };
}

/** Connected, and the server's end of the connection with it. */
async function connected(server: FakeServer, other: Partial<ConnectOptions> = {}) {
  const made = client(server.port, other);
  expect(await made.client.connect(2000)).toEqual({ client: 'idle-1', ok: true });
  return { ...made, socket: await server.connection() };
}

const echo = () => serve((socket) => socket.on('data', (bytes) => socket.write(bytes)));
const silent = () => serve((socket) => socket.resume());

describe('the end of a connection', () => {
  test('a FIN is a fin, is answered with a FIN, and is no reset', async () => {
    const made = await connected(await silent());
    made.socket.end();
    await once(made.socket, 'close');
    expect(await made.client.awaitEnd(2000)).toBe(true);
    expect(made.types()).toEqual(['connected', 'fin']);
  });

  test('what is sent with the FIN is read before it', async () => {
    const made = await connected(await silent());
    made.client.request('whole');
    made.socket.end('ping idle-1 1\nSHUTDOWN\n');
    await made.client.awaitEnd(2000);
    expect(made.types()).toEqual(['connected', 'request', 'reply-started', 'reply', 'told', 'fin']);
  });

  test('a RST is a rst with its code, and cuts the reply', async () => {
    const made = await connected(await silent());
    made.client.request('whole');
    made.socket.write('ping');
    await expect.poll(made.types).toContain('reply-started');
    made.socket.resetAndDestroy();
    await made.client.awaitEnd(2000);
    expect(made.types()).toEqual(['connected', 'request', 'reply-started', 'reply-truncated', 'rst']);
    expect(made.events.at(-1)).toMatchObject({ code: 'ECONNRESET' });
  });

  test('a RST that comes together with the last bytes is a rst too', async () => {
    const made = await connected(await silent());
    made.socket.write('SHUTDOWN\n');
    made.socket.resetAndDestroy();
    await made.client.awaitEnd(2000);
    expect(made.types()).toEqual(['connected', 'told', 'rst']);
    expect(made.events.at(-1)).toMatchObject({ code: 'ECONNRESET' });
  });

  test('a FIN that a RST follows is a fin', async () => {
    const server = await serve(() => {}, { pauseOnConnect: true });
    const made = await connected(server);
    made.client.request('whole');
    made.socket.write('SHUTDOWN\n');
    // It closes with unread bytes, but has said that it ends before.
    const closed = once(made.socket, 'close');
    made.socket.end(() => made.socket.destroy());
    await Promise.all([made.client.awaitEnd(2000), closed]);
    expect(made.types()).toEqual(['connected', 'request', 'told', 'fin']);
  });

  test('a server that closes with unread bytes resets, and the client sees just that', async () => {
    const server = await serve(() => {}, { pauseOnConnect: true });
    const made = await connected(server);
    made.client.request('whole');
    // Bytes that the kernel has and the server has not read: they come with the request, before anything after it.
    await expect.poll(() => made.events.length).toBe(2);
    made.socket.destroy();
    await made.client.awaitEnd(2000);
    expect(made.types().at(-1)).toBe('rst');
  });

  test('a port where nobody listens is a refused connection', async () => {
    const server = await silent();
    await server.close();
    const made = client(server.port);
    expect(await made.client.connect(2000)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('ECONNREFUSED'),
    });
    expect(made.events).toMatchObject([{ type: 'connect-failed', code: 'ECONNREFUSED', role: 'idle' }]);
    expect(made.client.ended).toBe(true);
  });
});

describe('an exchange', () => {
  test('is done with its reply, and counts from 1', async () => {
    const made = await connected(await echo());
    expect([await made.client.exchange(2000), await made.client.exchange(2000)]).toMatchObject([
      { ok: true },
      { ok: true },
    ]);
    expect(made.events.filter(({ type }) => type === 'reply')).toMatchObject([
      { exchange: 1 },
      { exchange: 2 },
    ]);
    const [request] = made.events.filter((event) => event.type === 'request');
    expect(request?.beforeMs).toBeLessThanOrEqual(request?.atMs ?? 0);
  });

  test('without a reply says so, and how long was waited', async () => {
    const made = await connected(await silent());
    expect(await made.client.exchange(30)).toMatchObject({ ok: false, reason: 'no reply came within 30 ms' });
    expect(made.events.at(-1)).toMatchObject({ type: 'no-reply', exchange: 1, waitedMs: 30 });
  });

  test('that the server cuts off is over at once, and is no missing reply', async () => {
    const made = await connected(await serve((socket) => socket.once('data', () => socket.end())));
    const result = await made.client.exchange(60_000);
    expect(result).toMatchObject({ ok: false, reason: expect.stringContaining('ended before the reply') });
    expect(made.types()).not.toContain('no-reply');
    expect(await made.client.exchange(60_000)).toMatchObject({ ok: false });
  });

  test('of a protocol without messages is the connection itself', async () => {
    const made = await connected(await silent(), { protocol: 'tcp' });
    expect(await made.client.exchange(2000)).toMatchObject({ ok: true });
    made.socket.end();
    await made.client.awaitEnd(2000);
    expect(await made.client.exchange(2000)).toMatchObject({ ok: false });
  });
});
