import type { Listener, TcpFamily } from './system.js';

/** What lsof(8) is asked for: process, file, type, name, TCP state. */
export const lsofFields = 'pftnT';

/** A TCP socket in some process, as lsof shows it. */
interface OwnedSocket {
  pid: number;
  isIpv6: boolean;
  name: string;
  state: string;
}

/** Parses lsof's output for other programs (-F): a line for each field, `p` begins a process and `f` a file. */
export function parseOwnedSockets(text: string): OwnedSocket[] {
  const sockets: OwnedSocket[] = [];
  let pid = 0;
  for (const line of text.split('\n')) {
    const [field, value] = [line[0], line.slice(1)];
    const last = sockets.at(-1);
    if (field === 'p') pid = Number(value);
    else if (field === 'f') sockets.push({ pid, isIpv6: false, name: '', state: '' });
    else if (field === 't' && last) last.isIpv6 = value === 'IPv6';
    else if (field === 'n' && last) last.name = value;
    else if (field === 'T' && last && value.startsWith('ST=')) last.state = value.slice('ST='.length);
  }
  return sockets;
}

/** The listening sockets among them, each address once. */
export function listenersIn(sockets: readonly OwnedSocket[], family: TcpFamily): Listener[] {
  const found = new Map<string, Listener>();
  for (const { pid, isIpv6, name, state } of sockets) {
    if (state !== 'LISTEN' || (family !== 'both' && isIpv6 !== (family === 'tcp6'))) continue;
    const at = name.lastIndexOf(':');
    const written = name.slice(0, at).replace(/^\[|\]$/g, '');
    const host = written === '*' ? (isIpv6 ? '::' : '0.0.0.0') : written;
    const key = `${host} ${name.slice(at + 1)}`;
    if (!found.has(key)) found.set(key, { host, port: Number(name.slice(at + 1)), pid });
  }
  return [...found.values()];
}

/** Whether some process holds the server's end of this connection: a connection in the accept queue has no file. */
export function isAccepted(sockets: readonly OwnedSocket[], serverPort: number, clientPort: number): boolean {
  const connection = new RegExp(`:${serverPort}->.*:${clientPort}$`);
  return sockets.some(({ name }) => connection.test(name));
}

/** A row of `netstat -an -p tcp` on macOS, which writes the port behind the last dot: `127.0.0.1.8080`. */
export interface NetstatRow {
  readonly localPort: number;
  readonly remotePort: number;
  readonly state: string;
  readonly unreadBytes: number;
  readonly unsentBytes: number;
}

const netstatRow = /^tcp\S*\s+(\d+)\s+(\d+)\s+\S+\.(\d+|\*)\s+\S+\.(\d+|\*)\s+(\S+)/;

/** Parses what netstat prints. */
export function parseNetstat(text: string): NetstatRow[] {
  return text.split('\n').flatMap((line) => {
    const [, unread, unsent, local, remote, state = ''] = netstatRow.exec(line) ?? [];
    if (local === undefined || local === '*') return [];
    return {
      localPort: Number(local),
      remotePort: remote === '*' ? 0 : Number(remote),
      state,
      unreadBytes: Number(unread),
      unsentBytes: Number(unsent),
    };
  });
}
