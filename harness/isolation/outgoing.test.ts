import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { connectedIn, outgoing, placesOf } from './outgoing.js';

const socket = { localPort: 40_000, remoteHost: '10.0.0.3', remotePort: 5432, protocol: 'tcp' };

describe('where a target has connected to by itself', () => {
  test('is neither a client of its own, nor another process of its own', () => {
    const client = { ...socket, localPort: 8080 };
    const helper = { ...socket, remotePort: 9000 };
    expect(placesOf([client, helper, socket, socket], [8080, 9000])).toEqual(['10.0.0.3:5432']);
  });

  test('is named with its protocol and its family', () => {
    const others = [
      { ...socket, remoteHost: '::1' },
      { ...socket, protocol: 'udp', remotePort: 53 },
    ];
    expect(placesOf(others, [])).toEqual(['10.0.0.3:53 (UDP)', '[::1]:5432']);
  });

  test('is read from the rows of its own sockets that have a peer', () => {
    const head =
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
    const row = (local: string, remote: string, inode: string) =>
      `   0: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1`;
    const table = [
      head,
      row('0100007F:9C40', '0300000A:1538', '77'),
      row('0100007F:9C40', '0300000A:1538', '78'),
      row('0100007F:1F90', '00000000:0000', '77'),
    ].join('\n');
    expect(connectedIn(table, 'tcp', new Set(['77']))).toEqual([socket]);
  });
});

describe.runIf(process.platform === 'linux')('of a real process', () => {
  let server: Server | undefined;
  let client: Socket | undefined;
  afterEach(() => {
    client?.destroy();
    server?.close();
  });

  test('a connection to somebody else is found, and one to itself is not', async () => {
    server = createServer((each) => each.on('error', () => {}));
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    client = connect(port, '127.0.0.1');
    await new Promise<void>((resolve) => client?.once('connect', resolve));
    expect(outgoing([process.pid], [])).toContain(`127.0.0.1:${port}`);
    expect(outgoing([process.pid], [port])).not.toContain(`127.0.0.1:${port}`);
  });
});
