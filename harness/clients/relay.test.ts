import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { ClientEvent, PeerEvent } from '../recording/events.js';
import { Relay } from './relay.js';

type Event = ClientEvent | PeerEvent;

const open: { destroy(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.destroy();
});

/** A real server, a relay before it, and a real client, connected through both. */
async function pair({ protocol = 'echo' as 'echo' | 'tcp', notice = 'SHUTDOWN' } = {}) {
  const server: Server = createServer({ allowHalfOpen: true, noDelay: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const events: Event[] = [];
  const options = { host: '127.0.0.1', port, protocol, notice, trimmed: false };
  const relay = new Relay(0, options, (event) => events.push(event));
  const at = await relay.listen('127.0.0.1');
  const accepted = once(server, 'connection');
  const client = connect({ port: at, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  const [far] = (await accepted) as [Socket];
  open.push(client, far, relay, { destroy: () => server.close() });
  for (const socket of [client, far]) socket.on('error', () => {});
  const types = () => events.map(({ type }) => type);
  return { server, relay, at, client, far, events, types };
}

const read = async (socket: Socket): Promise<string> => String((await once(socket, 'data'))[0]);

test('passes bytes on, and records them as the server has them and as the client has them', async () => {
  const { client, far, events } = await pair();
  client.write('hello\n');
  expect(await read(far)).toBe('hello\n');
  far.write('hello\nSHUTDOWN\n');
  expect(await read(client)).toBe('hello\nSHUTDOWN\n');
  expect(events).toMatchObject([
    { type: 'accepted', connection: 'connection-1.1', process: 0 },
    { type: 'connected', client: 'connection-1.1', role: 'relayed', instance: 0 },
    { type: 'client-request', connection: 'connection-1.1', exchange: 1, bytes: 6 },
    { type: 'request', client: 'connection-1.1', exchange: 1, bytes: 6 },
    { type: 'reply-started', exchange: 1 },
    { type: 'reply', exchange: 1 },
    { type: 'told', framed: true },
    { type: 'sent', connection: 'connection-1.1', what: 'reply-and-notice', bytes: 15 },
  ]);
});

test("the client's FIN is a FIN for the server, which may still answer", async () => {
  const { client, far, events, types } = await pair();
  client.end('last\n');
  far.resume();
  await once(far, 'end');
  far.end('last\n');
  expect(await read(client)).toBe('last\n');
  client.resume();
  await once(client, 'end');
  await expect.poll(types).toContain('server-left');
  expect(events.filter(({ type }) => /left|fin|rst/.test(type))).toMatchObject([
    { type: 'client-left', how: 'fin' },
    { type: 'left', how: 'fin' },
    { type: 'fin' },
    { type: 'server-left', how: 'fin' },
  ]);
});

test("the client's RST is a RST for the server", async () => {
  const { client, far, types } = await pair();
  far.resume();
  const failed = once(far, 'error');
  client.resetAndDestroy();
  const [error] = await failed;
  expect(error.code).toBe('ECONNRESET');
  expect(types()).toContain('client-left');
  expect(types()).not.toContain('fin');
});

test("the server's FIN and its RST are the client's", async () => {
  const fin = await pair();
  fin.far.end();
  fin.client.resume();
  await once(fin.client, 'end');
  expect(fin.types()).toContain('fin');

  const rst = await pair();
  await expect.poll(rst.types).toContain('connected');
  rst.client.resume();
  const failed = once(rst.client, 'error');
  rst.far.resetAndDestroy();
  const [error] = await failed;
  expect(error.code).toBe('ECONNRESET');
  expect(rst.types()).toContain('rst');
  expect(rst.events.filter(({ type }) => type === 'server-left')).toMatchObject([{ how: 'rst' }]);
});

test('who is slow slows down the other side, and nothing is lost', async () => {
  const { client, far } = await pair({ protocol: 'tcp' });
  client.pause();
  const piece = Buffer.alloc(256 * 1024, 'x');
  const most = 400;
  let taken = 0;
  let stopped = false;
  const write = (): void => {
    if (stopped || taken === most) return;
    far.write(piece, () => {
      taken += 1;
      write();
    });
  };
  write();
  // The kernel keeps some megabytes on each of the two ways; the rest stays with the server.
  for (let before = -1; taken > before && taken < most; ) {
    before = taken;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  expect(taken).toBeLessThan(most / 2);
  stopped = true;
  const bytes = (taken + 1) * piece.length;
  far.end();
  let received = 0;
  client.on('data', (chunk) => {
    received += chunk.length;
  });
  client.resume();
  await once(client, 'end');
  expect(received).toBe(bytes);
});

test('a server that refuses is one that resets; a relay that refuses, refuses', async () => {
  const { server, relay, at, events } = await pair();
  server.close();
  const reset = connect({ port: at, host: '127.0.0.1' });
  open.push(reset);
  const [error] = await once(reset, 'error');
  expect(error.code).toBe('ECONNRESET');
  expect(events.filter(({ type }) => type === 'connect-failed')).toMatchObject([
    { client: 'connection-1.2', role: 'relayed', code: 'ECONNREFUSED' },
  ]);
  relay.refuse();
  const refused = connect({ port: at, host: '127.0.0.1' });
  open.push(refused);
  const [another] = await once(refused, 'error');
  expect(another.code).toBe('ECONNREFUSED');
});
