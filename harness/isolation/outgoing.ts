import { readFileSync } from 'node:fs';
import { ownNetwork, parseAddress } from '../process/net-tcp.js';
import { readSocketInodes } from '../process/procfs.js';

/** A socket that has a peer, as /proc/net/tcp and /proc/net/udp show it. */
export interface Connected {
  readonly localPort: number;
  readonly remoteHost: string;
  readonly remotePort: number;
  readonly protocol: string;
}

const tables = ['tcp', 'tcp6', 'udp', 'udp6'] as const;

/**
 * Where these processes have connected to by themselves, as `host:port`: to whom they hold a connection that did not
 * come to a port that they listen on, and does not go to one. UDP sockets without a peer are not seen.
 */
export function outgoing(
  pids: readonly number[],
  listening: readonly number[],
  network = ownNetwork,
): string[] {
  const inodes = new Set(pids.flatMap((pid) => [...readSocketInodes(pid)]));
  const found = tables.flatMap((table) => connectedIn(readTable(`${network}/${table}`), table, inodes));
  return placesOf(found, listening);
}

/** Pure: of connected sockets, those that lead away from the processes which listen on these ports. */
export function placesOf(sockets: readonly Connected[], listening: readonly number[]): string[] {
  const away = sockets.filter(
    ({ localPort, remotePort }) => !listening.includes(localPort) && !listening.includes(remotePort),
  );
  return [
    ...new Set(
      away.map(({ remoteHost, remotePort, protocol }) => {
        const host = remoteHost.includes(':') ? `[${remoteHost}]` : remoteHost;
        return `${host}:${remotePort}${protocol.startsWith('udp') ? ' (UDP)' : ''}`;
      }),
    ),
  ].sort();
}

/** The rows of these sockets that have a peer. */
export function connectedIn(text: string, protocol: string, inodes: ReadonlySet<string>): Connected[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const fields = line.trim().split(/\s+/);
      const [, local = '', remote = ''] = fields;
      const remotePort = Number.parseInt(remote.split(':')[1] ?? '0', 16);
      if (!inodes.has(fields[9] ?? '') || remotePort === 0) return [];
      const localPort = Number.parseInt(local.split(':')[1] ?? '0', 16);
      return [{ localPort, remoteHost: parseAddress(remote.split(':')[0] ?? ''), remotePort, protocol }];
    });
}

function readTable(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // a kernel without IPv6 has no tcp6
  }
}
