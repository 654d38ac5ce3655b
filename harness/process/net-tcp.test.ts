import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import { linux } from './linux.js';
import { isListening, parseTcpTable, readTcpRows } from './net-tcp.js';

const head =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const tail = '00:00000000 00000000  1000        0';

/** A row as the kernel prints it. */
function row(local: string, remote: string, state: string, queues: string, inode: number): string {
  return `   0: ${local} ${remote} ${state} ${queues} ${tail} ${inode} 1 0000000000000000 100 0 0 10 0\n`;
}

describe('parseTcpTable', () => {
  test('reads a listening IPv4 socket', () => {
    const text = head + row('0100007F:1F90', '00000000:0000', '0A', '00000000:00000000', 4711);
    expect(parseTcpTable(text)).toEqual([
      {
        localHost: '127.0.0.1',
        localPort: 8080,
        remotePort: 0,
        state: 'LISTEN',
        unsentBytes: 0,
        unreadBytes: 0,
        inode: '4711',
      },
    ]);
  });

  test('reads what was not sent and not read, which are written the other way round than one reads them', () => {
    const text = head + row('0100007F:1F90', '0100007F:C350', '01', '0000000A:000000FF', 1);
    expect(parseTcpTable(text)).toMatchObject([
      { state: 'ESTABLISHED', remotePort: 50_000, unsentBytes: 10, unreadBytes: 255 },
    ]);
  });

  test('reads a TIME_WAIT, which belongs to nobody', () => {
    const text = head + row('0100007F:1F90', '0100007F:C350', '06', '00000000:00000000', 0);
    expect(parseTcpTable(text)).toMatchObject([{ state: 'TIME_WAIT', inode: '0' }]);
  });

  test.each([
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000001000000', '::1'],
    ['B80D0120000000000000000001000000', '2001:db8::1'],
  ])('writes the IPv6 address %s as %s', (hexadecimal, host) => {
    const zero = '00000000000000000000000000000000:0000';
    const text = head + row(`${hexadecimal}:0050`, zero, '0A', '00000000:00000000', 1);
    expect(parseTcpTable(text)).toMatchObject([{ localHost: host, localPort: 80 }]);
  });

  test('keeps the form of a mapped address: its socket stands in the table of IPv6', () => {
    const local = '0000000000000000FFFF00000100007F:0050';
    const text = head + row(local, `${'0'.repeat(32)}:0000`, '0A', '00000000:00000000', 1);
    expect(parseTcpTable(text)).toMatchObject([{ localHost: '::ffff:127.0.0.1' }]);
  });

  test('finds nothing in an empty table', () => {
    expect(parseTcpTable(head)).toEqual([]);
    expect(parseTcpTable('')).toEqual([]);
  });
});

describe.runIf(process.platform === 'linux')('of this machine', () => {
  test.each([
    ['127.0.0.1', 'tcp', 'tcp6'],
    ['::1', 'tcp6', 'tcp'],
    ['::ffff:127.0.0.1', 'tcp6', 'tcp'],
  ] as const)('a socket of our own that listens on %s is in table %s only', async (host, family, other) => {
    const server = createServer().listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(linux.listeners([process.pid], family)).toContainEqual({ host, port, pid: process.pid });
    expect(readTcpRows(other).some(({ localPort, state }) => localPort === port && state === 'LISTEN')).toBe(
      false,
    );
    expect(isListening(port)).toBe(true);
    server.close();
    await once(server, 'close');
    expect(isListening(port)).toBe(false);
  });

  test('a connection that has not been accepted, and one with unread bytes, look like that', async () => {
    const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect({ port, host: '127.0.0.1' });
    const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')]);
    client.write('unread');
    const serverSocket = (clientPort: number) => linux.serverSocket(port, clientPort, 'tcp', nowMs() - 20);
    const look = () => serverSocket(client.localPort ?? 0);
    await expect.poll(look).toMatchObject({ accepted: true, unreadBytes: 6, unsentBytes: 0 });
    await expect.poll(() => serverSocket(1)).toBeUndefined();
    client.destroy();
    accepted.destroy();
    server.close();
  });
});
