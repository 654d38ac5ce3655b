import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { TcpFamily } from '../process/system.js';

/** `127.0.0.1` as a socket of IPv6 sees it: what listens on `::` takes it too, unless it is told not to. */
const mappedLoopback = '::ffff:127.0.0.1';

/** Where a client may connect to, to reach a socket that listens on `host`: one after the other, until one answers. */
export function connectHosts(host: string): readonly string[] {
  if (host === '0.0.0.0' || host === '*') return ['127.0.0.1'];
  if (host !== '::') return [host];
  // Whether `::` takes IPv4 too depends on IPV6_V6ONLY (ipv6(7)); IPv6 it takes always, where the machine has it. In a
  // container it often has not, or has an ::1 that leads nowhere: such a server is reached by IPv4 only.
  return hasIpv6Loopback() ? ['::1', mappedLoopback] : [mappedLoopback];
}

/** In which of the kernel's tables the server's end of a connection to `host` is found. */
export function familyOf(host: string): TcpFamily {
  return host.includes(':') ? 'tcp6' : 'tcp';
}

/** Whether the kernel chose the port (bind(2) to port 0), so that the next start will have another. */
export function isEphemeral(port: number): boolean {
  const [from, to] = ephemeralRange();
  return port >= from && port <= to;
}

function hasIpv6Loopback(): boolean {
  return Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
}

function ephemeralRange(): [number, number] {
  try {
    const [from = 32768, to = 60999] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'latin1')
      .split(/\s+/)
      .map(Number);
    return [from, to];
  } catch {
    // The range of IANA, which macOS uses.
    return [49152, 65535];
  }
}
