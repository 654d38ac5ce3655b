import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClientEvent } from '../recording/events.js';
import { Client } from './client.js';
import { fakeServer } from './fake-server.js';

const folder = mkdtempSync(join(tmpdir(), 'unix-client-'));
const open: { close(): Promise<void> }[] = [];
const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const server of open.splice(0)) await server.close();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
/** A client of a server on a unix socket that reads only where it is told to. */
async function connected({ reads = false } = {}) {
  count += 1;
  const path = join(mkdtempSync(join(tmpdir(), 'unix-client-')), `${count}.sock`);
  const server = await fakeServer((socket) => reads && socket.resume(), { pauseOnConnect: !reads, path });
  open.push(server, { close: async () => rmSync(join(path, '..'), { recursive: true }) });
  const events: ClientEvent[] = [];
  const where = { role: 'idle', instance: 0, host: 'localhost', port: 0, socket: path } as const;
  const how = {
    protocol: 'echo',
    notice: 'SHUTDOWN',
    trimmed: false,
    path: '/',
    leaveWhenTold: false,
  } as const;
  const client = new Client('idle-1', { ...where, ...how }, (event) => events.push(event));
  clients.push(client);
  await client.connect(2000);
  return { client, events, types: () => events.map(({ type }) => type), socket: await server.connection() };
}

describe('on a unix socket', () => {
  test('a client is known by the inode of its end', async () => {
    const { events } = await connected();
    const expected = process.platform === 'linux' ? expect.any(Number) : undefined;
    expect(events[0]).toMatchObject({ type: 'connected', localPort: 0 });
    expect((events[0] as { inode?: number }).inode).toEqual(expected);
  });

  test('a close is a fin', async () => {
    const { client, socket, types } = await connected({ reads: true });
    socket.end('SHUTDOWN\n');
    await client.awaitEnd(2000);
    expect(types()).toEqual(['connected', 'told', 'fin']);
  });

  test('a close with unread bytes is a rst, after the last bytes were read', async () => {
    const { client, socket, types, events } = await connected();
    client.request('whole');
    socket.write('SHUTDOWN\n');
    socket.destroy();
    await client.awaitEnd(2000);
    expect(types()).toEqual(['connected', 'request', 'told', 'rst']);
    expect(events.at(-1)).toMatchObject({ code: 'ECONNRESET' });
  });

  test('what the server sent before it closed is read, and what it could not take any more was not sent', async () => {
    const { client, socket, types } = await connected({ reads: true });
    // All of it is done before the client looks: writing would fail with EPIPE, and lose what is to be read.
    socket.end('SHUTDOWN\n');
    socket.destroySoon();
    await once(socket, 'close');
    expect(client.request('whole')).toBe(0);
    expect(await client.exchange(2000)).toMatchObject({ ok: false });
    expect(types()).toEqual(['connected', 'told', 'fin']);
  });

  test('what is more than the kernel takes is written bit by bit, and no more than asked for', async () => {
    const { client, events, socket } = await connected({ reads: true });
    socket.pause();
    client.fill(1_000_000);
    let received = 0;
    socket.on('data', (bytes: Buffer) => {
      received += bytes.length;
    });
    socket.resume();
    const sent = () => events.reduce((sum, event) => sum + (event.type === 'request' ? event.bytes : 0), 0);
    await expect.poll(() => received >= 1_000_000 && received === sent(), { timeout: 5000 }).toBe(true);
    expect(sent()).toBeLessThan(1_100_000);
  });

  test('who vanishes takes no reply', async () => {
    const { client, socket } = await connected({ reads: true });
    client.request('whole');
    client.leave('rst');
    const failed = once(socket, 'error').catch((error: unknown) => [error]);
    await once(socket, 'end');
    socket.write('too late');
    expect(await failed).toMatchObject([{ code: 'EPIPE' }]);
  });
});
