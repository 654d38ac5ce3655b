import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import { askListener } from './ask.js';

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** A server on `::`, which has `serve` for clients that come by IPv6 and `serveMapped` for those by IPv4. */
async function listening(
  serve: (socket: Socket) => void,
  { serveMapped = serve, ipv6Only = false } = {},
): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    (socket.remoteAddress?.startsWith('::ffff:') ? serveMapped : serve)(socket);
  });
  open.push(server);
  server.listen({ host: '::', port: 0, ipv6Only });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const echo = (socket: Socket) => socket.on('data', (bytes) => socket.write(bytes));
const refuse = (socket: Socket) => socket.destroy();
const ask = (port: number) => askListener({ host: '::', port }, 'echo', '/');

describe.skipIf(!hasIpv6)('a listener on :: (skipped on a machine without IPv6)', () => {
  test('is asked at ::1, and nowhere else where it answers there', async () => {
    const port = await listening(echo, { serveMapped: refuse });
    expect(await ask(port)).toMatchObject({ address: { host: '::1', port }, probed: { protocol: 'echo' } });
  });

  test('is asked by IPv4 where ::1 does not answer', async () => {
    const port = await listening(refuse, { serveMapped: echo });
    expect(await ask(port)).toMatchObject({
      address: { host: '::ffff:127.0.0.1', port },
      probed: { protocol: 'echo' },
    });
  });

  test('that takes IPv6 only is asked at ::1', async () => {
    const port = await listening(echo, { ipv6Only: true });
    expect(await ask(port)).toMatchObject({ address: { host: '::1' }, probed: { protocol: 'echo' } });
  });

  test('that answers nowhere is silent, and named by its first address', async () => {
    expect(await ask(await listening(refuse))).toMatchObject({ address: { host: '::1' }, probed: 'silent' });
    const port = await listening(refuse, { ipv6Only: true });
    expect(await ask(port)).toMatchObject({ address: { host: '::1' }, probed: 'silent' });
  });

  test('that answers one client at ::1 and then no more has answered once', async () => {
    let clients = 0;
    const once = (socket: Socket) => (clients++ === 0 ? echo(socket) : refuse(socket));
    const port = await listening(once, { serveMapped: echo });
    expect(await ask(port)).toMatchObject({ address: { host: '::1' }, probed: 'once' });
  });
});
