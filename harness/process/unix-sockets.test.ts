import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectTo, inodeOf } from '../clients/connect.js';
import { nowMs } from '../clock.js';
import { parseUnixRows, serverEndOf, unixSocket } from './unix-sockets.js';

const printed = [
  'u_str LISTEN 1      8      /tmp/z 1 * 2 <-> z.sock 141 * 0    <-> ino:2320694 dev:0/65024 peers: 142',
  'u_str ESTAB  3      768    /tmp/z 1 * 2 <-> z.sock 143 * 144 <-> ino:2320694 dev:0/65024',
  'u_str ESTAB  0      0                            * 144 * 143 <->',
  'u_str ESTAB  0      768                          * 142 * 0    <->',
  'u_str ESTAB  7      0                            * 150 * 0    ---',
  'u_dgr UNCONN 0      0                            * 160 * 161 <->',
  '',
].join('\n');

describe('what ss prints', () => {
  const rows = parseUnixRows(printed);
  const of = (client: string) => serverEndOf(rows, client, 5);
  const seen = { withheld: false, lookedMs: 5 };

  test('is rows of stream sockets, whatever stands in their paths', () => {
    expect(rows.map(({ inode }) => inode)).toEqual(['141', '143', '144', '142', '150']);
  });
  test('shows the end that the server holds, and what is unread there', () => {
    expect(of('144')).toEqual({ ...seen, accepted: true, unreadBytes: 3, unsentBytes: 768 });
  });
  test('shows a connection that nobody has accepted by the end of the client alone', () => {
    expect(of('142')).toEqual({ ...seen, accepted: false, unreadBytes: 768, unsentBytes: 0 });
  });
  test('shows nothing of an end that was closed, or never was', () => {
    expect([of('150'), of('999')]).toEqual([undefined, undefined]);
  });
});

/** A server that accepts when it is told so, reads when it is told so, and closes. */
const server = `
import socket, sys
listener = socket.socket(socket.AF_UNIX); listener.bind(sys.argv[1]); listener.listen(8)
print("listening", flush=True)
for line in sys.stdin:
    if line == "accept\\n": connection, _ = listener.accept()
    elif line == "read\\n": connection.recv(100)
    elif line == "write\\n": connection.send(b"hello")
    else: connection.close()
    print("done", flush=True)
`;

describe.runIf(process.platform === 'linux')('the kernel shows of a connection to a unix socket', () => {
  let folder = '';
  let child: ChildProcess;
  let client: Socket | undefined;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'unix-'));
    child = spawn('python3', ['-c', server, join(folder, 's')], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout as NodeJS.ReadableStream, 'data');
  });
  afterEach(() => {
    client?.destroy();
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  const told = async (word: string) => {
    child.stdin?.write(`${word}\n`);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
  };
  const look = () => {
    const sinceMs = nowMs();
    const inode = inodeOf(client as Socket) ?? '';
    return expect.poll(() => unixSocket(inode, sinceMs), { timeout: 5000, interval: 2 });
  };

  test('its queue, who holds it, what is unread and unsent, and its end', async () => {
    client = connectTo({ host: '', port: 0, socket: join(folder, 's') }).pause();
    await once(client, 'connect');
    client.write('four');
    await look().toMatchObject({ accepted: false, unreadBytes: expect.any(Number) });
    await told('accept');
    await look().toMatchObject({ accepted: true, unreadBytes: 4, unsentBytes: 0 });
    await told('read');
    await look().toMatchObject({ accepted: true, unreadBytes: 0 });
    await told('write');
    client.pause();
    await told('close');
    await look().toBeUndefined();
  });

  test('and what changes while somebody waits for it', async () => {
    client = connectTo({ host: '', port: 0, socket: join(folder, 's') }).pause();
    await once(client, 'connect');
    const inode = inodeOf(client) ?? '';
    const sinceMs = nowMs();
    const shown = () => expect.poll(() => unixSocket(inode, sinceMs), { timeout: 5000, interval: 2 });
    await shown().toMatchObject({ accepted: false });
    await told('accept');
    await shown().toMatchObject({ accepted: true });
  });
});
