import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
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
export type TcpState = 'ESTABLISHED' | 'SYN_RECV' | 'TIME_WAIT' | 'LISTEN' | 'other';
const states: Readonly<Record<string, TcpState>> = {
  '01': 'ESTABLISHED',
  '03': 'SYN_RECV',
  '06': 'TIME_WAIT',
  '0A': 'LISTEN',
};

/** The kernel's two tables, as files of /proc/net. */
export type TcpTable = Exclude<TcpFamily, 'both'>;

/** One row of IPv4, which is padded to 150 bytes. To ask for more at a time would make the kernel search further. */
const rowBuffer = Buffer.allocUnsafe(150);

/** The network namespace of this process. That of another is shown in `/proc/PID/net` (proc(5)). */
export const ownNetwork = '/proc/net';

/** All TCP sockets of a network namespace. Each table takes milliseconds, however few sockets there are. */
export function readTcpRows(family: TcpFamily = 'both', network = ownNetwork): TcpRow[] {
  return tablesOf(family).flatMap((name) => parseTcpTable(readTcpTable(name, network)));
}

/** Whether anybody listens on a port. */
export function isListening(port: number, network = ownNetwork): boolean {
  return readTcpRows('both', network).some(
    ({ localPort, state }) => localPort === port && state === 'LISTEN',
  );
}

/** A table as the kernel prints it. Empty where there is none: a kernel without IPv6 has no tcp6. */
export function readTcpTable(name: TcpTable, network = ownNetwork): string {
  try {
    return readFileSync(`${network}/${name}`, 'latin1');
  } catch {
    return '';
  }
}

/** Which tables hold the sockets of a family. */
export function tablesOf(family: TcpFamily): readonly TcpTable[] {
  return family === 'both' ? ['tcp', 'tcp6'] : [family];
}

/**
 * The row of one connection in a whole table, by the two ports at this end. Parsing all rows of a machine that holds
 * thousands of connections would take as long as reading them.
 */
export function findConnection(table: string, localPort: number, remotePort: number): TcpRow | undefined {
  const ports = new RegExp(`:${hexadecimal(localPort)} [0-9A-F]+:${hexadecimal(remotePort)} `, 'g');
  for (const { index } of table.matchAll(ports)) {
    const begin = table.lastIndexOf('\n', index) + 1;
    const row = parseTcpRow(table.slice(begin, table.indexOf('\n', index)));
    if (row !== undefined && row.state !== 'TIME_WAIT') return row;
  }
  return undefined;
}

/**
 * The listening sockets, without the rest of the tables: the kernel prints them first (tcp_seq_start in net/ipv4/tcp_ipv4.c),
 * and looks for connections, of which it may have to search hundreds of thousands of buckets, only when it is asked to go
 * on. A tenth of a millisecond instead of five to twenty. Not documented: what must be sure reads the whole table.
 */
export function readListeningRows(family: TcpFamily, network = ownNetwork): TcpRow[] {
  return tablesOf(family).flatMap((name) => {
    try {
      return leadingListeners(`${network}/${name}`);
    } catch {
      return [];
    }
  });
}

function leadingListeners(path: string): TcpRow[] {
  const rows: TcpRow[] = [];
  const file = openSync(path, 'r');
  try {
    let rest = '';
    for (let isHead = true; ; ) {
      const length = readSync(file, rowBuffer, 0, rowBuffer.length, null);
      const lines = (rest + rowBuffer.toString('latin1', 0, length)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const row = isHead ? undefined : parseTcpRow(line);
        if (!isHead && row?.state !== 'LISTEN') return rows;
        isHead = false;
        if (row !== undefined) rows.push(row);
      }
      if (length === 0) return rows;
    }
  } finally {
    closeSync(file);
  }
}

/** Parses a whole table. */
export function parseTcpTable(text: string): TcpRow[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => parseTcpRow(line) ?? []);
}

function parseTcpRow(line: string): TcpRow | undefined {
  const fields = line.trim().split(/\s+/);
  const [, local = '', remote = '', state = '', queues = ''] = fields;
  const [localHost = '', localPort = ''] = local.split(':');
  if (localPort === '') return undefined;
  const [unsent = '0', unread = '0'] = queues.split(':');
  return {
    localHost: parseAddress(localHost),
    localPort: Number.parseInt(localPort, 16),
    remotePort: Number.parseInt(remote.split(':')[1] ?? '0', 16),
    state: states[state] ?? 'other',
    unsentBytes: Number.parseInt(unsent, 16),
    unreadBytes: Number.parseInt(unread, 16),
    inode: fields[9] ?? '0',
  };
}

/** A port as the tables have it. */
function hexadecimal(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}

/** The kernel prints each 32-bit word of an address in host byte order, which is little-endian where Node runs. */
export function parseAddress(words: string): string {
  const bytes = Buffer.from(words, 'hex');
  for (let word = 0; word < bytes.length; word += 4) bytes.subarray(word, word + 4).reverse();
  if (bytes.length === 4) return bytes.join('.');
  // A mapped address stays one (::ffff:127.0.0.1): its socket, and all connections to it, are in the table of IPv6.
  const groups = Array.from({ length: 8 }, (_, group) => bytes.readUInt16BE(group * 2).toString(16));
  // SocketAddress writes the usual short form (RFC 5952).
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}
