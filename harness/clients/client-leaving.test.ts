import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import type { ClientEvent } from '../recording/events.js';
import { Client } from './client.js';
import { type FakeServer, fakeServer } from './fake-server.js';
import type { ConnectOptions } from './messages.js';

let server: FakeServer;
let client: Client;
afterEach(async () => {
  client.destroy();
  await server.close();
});

async function connected(
  other: Partial<ConnectOptions> = {},
  serve: Parameters<typeof fakeServer> = [() => {}],
) {
  server = await fakeServer(...serve);
  const events: ClientEvent[] = [];
  const usual = {
    role: 'leaving',
    instance: 0,
    host: '127.0.0.1',
    protocol: 'echo',
    notice: 'SHUTDOWN',
  } as const;
  const options = { ...usual, port: server.port, trimmed: false, path: '/', leaveWhenTold: false, ...other };
  client = new Client('leaving-1', options, (event) => events.push(event));
  await client.connect(2000);
  const types = () => events.map(({ type }) => type);
  return { events, types, socket: await server.connection() };
}

test('a client that leaves with a FIN has written all, and records nothing more', async () => {
  const { events, types, socket } = await connected();
  let read = '';
  socket.on('data', (bytes) => {
    read += bytes;
  });
  client.request('whole');
  client.leave('fin');
  await once(socket, 'end');
  expect(read).toBe('ping leaving-1 1\n');
  socket.end('ping leaving-1 1\n');
  await once(socket, 'close');
  expect(types()).toEqual(['connected', 'request', 'left']);
  expect(events.at(-1)).toMatchObject({ how: 'fin' });
  expect(client.ended).toBe(true);
});

test('a client that leaves with a RST resets the connection', async () => {
  const { types, socket } = await connected();
  const reset = once(socket, 'error');
  socket.resume();
  client.leave('rst');
  expect((await reset)[0]).toMatchObject({ code: 'ECONNRESET' });
  expect(types()).toEqual(['connected', 'left']);
});

test('a client leaves once, and not what the server has ended', async () => {
  const { types, socket } = await connected();
  client.leave('fin');
  client.leave('rst');
  expect(types()).toEqual(['connected', 'left']);
  socket.destroy();
  const second = await connected();
  second.socket.end();
  await client.awaitEnd(2000);
  client.leave('fin');
  expect(second.types()).toEqual(['connected', 'fin']);
});

test('a client that leaves when it is told does so at once', async () => {
  const { types, socket } = await connected({ leaveWhenTold: true });
  const ended = once(socket.resume(), 'end');
  socket.write('SHUTDOWN\nmore');
  await ended;
  expect(types()).toEqual(['connected', 'told', 'left']);
  expect(client.told).toBe(true);
});

test('a client that vanishes sends its request and resets in the same moment', async () => {
  const { types, socket } = await connected();
  const [read, ended] = [once(socket, 'data'), once(socket, 'end')];
  client.request('whole');
  client.leave('rst');
  expect(String((await read)[0])).toBe('ping leaving-1 1\n');
  await ended;
  // Node says "end" of a reset that comes together with bytes; a write finds out (see client.ts).
  const error = await new Promise((resolve) => socket.write('', resolve));
  expect(error).toMatchObject({ code: 'ECONNRESET' });
  expect(types()).toEqual(['connected', 'request', 'left']);
});

test('a server that does not read is filled until the kernel takes no more, up to the bound', async () => {
  const { events, types } = await connected({}, [() => {}, { pauseOnConnect: true }]);
  const maxBytes = 64 * 1024 * 1024;
  client.fill(maxBytes);
  const written = () => events.reduce((sum, event) => sum + (event.type === 'request' ? event.bytes : 0), 0);
  expect(types().slice(0, 3)).toEqual(['connected', 'paused', 'request']);
  const atOnce = written();
  expect(atOnce).toBeGreaterThan(16 * 1024);
  expect(atOnce).toBeLessThan(maxBytes);
});

test('a server that reads all is sent the bound, and hardly more', async () => {
  const { events, socket } = await connected();
  let read = 0;
  socket.on('data', ({ length }) => {
    read += length;
  });
  const maxBytes = 4 * 1024 * 1024;
  client.fill(maxBytes);
  const written = () => events.reduce((sum, event) => sum + (event.type === 'request' ? event.bytes : 0), 0);
  await expect.poll(() => read, { timeout: 10_000 }).toBeGreaterThanOrEqual(maxBytes);
  await expect.poll(() => read).toBe(written());
  expect(written()).toBeLessThan(maxBytes + 40_000);
});

test('a client that has stopped reading sees nothing until it goes on, and then everything', async () => {
  const { types, socket } = await connected();
  client.pause();
  socket.resume().end('SHUTDOWN\n');
  // The server's kernel has sent it all once the server sees no more to do; the client still knows nothing.
  await once(socket, 'finish');
  expect(await client.awaitTold(50)).toBe(false);
  client.resume();
  expect(await client.awaitEnd(2000)).toBe(true);
  expect(types()).toEqual(['connected', 'paused', 'resumed', 'told', 'fin']);
});
