import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import { linux } from './linux.js';
import { findConnection, isListening, parseTcpTable, readListeningRows, readTcpRows } from './net-tcp.js';

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

describe('findConnection', () => {
  const idle = '00000000:00000000';
  const table =
    head +
    row('0100007F:1F90', '00000000:0000', '0A', idle, 1) +
    row('0100007F:C350', '0100007F:1F90', '01', idle, 2) +
    row('0100007F:1F90', '0100007F:C350', '06', idle, 0) +
    row('0100007F:1F90', '0100007F:C350', '01', '00000000:000000FF', 3) +
    row('0100007F:1F91', '0100007F:C350', '01', idle, 4);

  test('finds the end that has these ports this way round, and not what an earlier connection has left', () => {
    expect(findConnection(table, 8080, 50_000)).toMatchObject({ inode: '3', unreadBytes: 255 });
    expect(findConnection(table, 50_000, 8080)).toMatchObject({ inode: '2' });
    expect(findConnection(table, 8081, 50_000)).toMatchObject({ inode: '4' });
  });

  test('finds nothing where there is no such connection, or only its TIME_WAIT', () => {
    expect(findConnection(table, 8080, 50_001)).toBeUndefined();
    expect(findConnection(table, 0x1f9, 50_000)).toBeUndefined();
    expect(findConnection(head, 8080, 50_000)).toBeUndefined();
    const left = head + row('0100007F:1F90', '0100007F:C350', '06', idle, 0);
    expect(findConnection(left, 8080, 50_000)).toBeUndefined();
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
    // Connections stand behind the listeners in the table: the quick look stops there, and has missed none.
    const client = connect({ port, host });
    await once(client, 'connect');
    const ours = ({ localPort }: { localPort: number }) => localPort === port;
    expect(readListeningRows(family).filter(ours)).toMatchObject([{ localHost: host, state: 'LISTEN' }]);
    expect(readListeningRows(other).filter(ours)).toEqual([]);
    expect(linux.listeners([process.pid], family, true)).toContainEqual({ host, port, pid: process.pid });
    client.destroy();
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
    await expect
      .poll(look)
      .toMatchObject({ accepted: true, withheld: false, unreadBytes: 6, unsentBytes: 0 });
    await expect.poll(() => serverSocket(1)).toBeUndefined();
    client.destroy();
    accepted.destroy();
    server.close();
  });
});
