import { readFileSync } from 'node:fs';
import { SocketAddress } from 'node:net';
import type { TcpFamily } from './system.js';

/** A row of /proc/net/tcp or /proc/net/tcp6 (proc(5)). */
export interface TcpRow {
  readonly localHost: string;
  readonly localPort: number;
  readonly remotePort: number;
  readonly state: TcpState;
  readonly unsentBytes: number;
  readonly unreadBytes: number;
  readonly inode: string;
}

/** The states that matter here; numbers as in the kernel's tcp_states.h. */
export type TcpState = 'ESTABLISHED' | 'TIME_WAIT' | 'LISTEN' | 'other';
const states: Readonly<Record<string, TcpState>> = { '01': 'ESTABLISHED', '06': 'TIME_WAIT', '0A': 'LISTEN' };

/** All TCP sockets of this network namespace. Each table takes milliseconds, however few sockets there are. */
export function readTcpRows(family: TcpFamily = 'both'): TcpRow[] {
  return readTables(family).flatMap(parseTcpTable);
}

/** Whether anybody listens on a port. */
export function isListening(port: number): boolean {
  const hexadecimal = port.toString(16).toUpperCase().padStart(4, '0');
  const listening = new RegExp(`:${hexadecimal} 0+:0000 0A `);
  return readTables('both').some((table) => listening.test(table));
}

function readTables(family: TcpFamily): string[] {
  const names = family === 'both' ? ['tcp', 'tcp6'] : [family];
  return names.flatMap((name) => {
    try {
      return [readFileSync(`/proc/net/${name}`, 'latin1')];
    } catch {
      // A kernel without IPv6 has no tcp6.
      return [];
    }
  });
}

/** Parses a whole table. */
export function parseTcpTable(text: string): TcpRow[] {
  const rows: TcpRow[] = [];
  for (const line of text.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    const [, local = '', remote = '', state = '', queues = ''] = fields;
    const [localHost = '', localPort = ''] = local.split(':');
    if (localPort === '') continue;
    const [unsent = '0', unread = '0'] = queues.split(':');
    rows.push({
      localHost: parseAddress(localHost),
      localPort: Number.parseInt(localPort, 16),
      remotePort: Number.parseInt(remote.split(':')[1] ?? '0', 16),
      state: states[state] ?? 'other',
      unsentBytes: Number.parseInt(unsent, 16),
      unreadBytes: Number.parseInt(unread, 16),
      inode: fields[9] ?? '0',
    });
  }
  return rows;
}

/** The kernel prints each 32-bit word of an address in host byte order, which is little-endian where Node runs. */
function parseAddress(hexadecimal: string): string {
  const bytes = Buffer.from(hexadecimal, 'hex');
  for (let word = 0; word < bytes.length; word += 4) bytes.subarray(word, word + 4).reverse();
  if (bytes.length === 4) return bytes.join('.');
  // A mapped address stays one (::ffff:127.0.0.1): its socket, and all connections to it, are in the table of IPv6.
  const groups = Array.from({ length: 8 }, (_, group) => bytes.readUInt16BE(group * 2).toString(16));
  // SocketAddress writes the usual short form (RFC 5952).
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}
