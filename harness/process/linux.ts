import { readFileSync } from 'node:fs';
import {
  findConnection,
  isListening,
  ownNetwork,
  readListeningRows,
  readTcpRows,
  readTcpTable,
  type TcpRow,
  type TcpTable,
  tablesOf,
} from './net-tcp.js';
import { Paced } from './paced.js';
import {
  listProcesses,
  readDispositions,
  readEnvironment,
  readPending,
  readProcess,
  readProcessorMs,
  readProcessorWaitsMs,
  readProgram,
  readResidentBytes,
  readSocketInodes,
  readWaits,
  readWritesToFullPipe,
} from './procfs.js';
import type { Listener, System, UnixListener } from './system.js';
import { unixSocket, whyNoUnixSockets } from './unix-sockets.js';

/** Linux, by /proc: nothing is started to look at something. */
export const linux: System = linuxAt(() => ownNetwork);

/** The same, with the sockets of the network namespace that is shown in a folder (`/proc/PID/net`). */
export function linuxAt(network: () => string): System {
  /** The tables take milliseconds to read, and while runs wait for moments they are asked for all the time. */
  const tables: Readonly<Record<TcpTable, Paced<string>>> = {
    tcp: new Paced(() => readTcpTable('tcp', network())),
    tcp6: new Paced(() => readTcpTable('tcp6', network())),
  };
  return {
    processes: listProcesses,
    process: readProcess,
    environment: readEnvironment,
    program: readProgram,
    dispositions: readDispositions,
    pending: readPending,
    waits: readWaits,
    writesToFullPipe: readWritesToFullPipe,
    isListening: (port) => isListening(port, network()),
    listeners(pids, family, isQuick = false) {
      const rows = isQuick
        ? readListeningRows(family, network())
        : readTcpRows(family, network()).filter(({ state }) => state === 'LISTEN');
      return rows.length === 0 ? [] : ownersOf(rows, pids);
    },
    openSockets: (pid) => readSocketInodes(pid).size,
    showsUnixListeners: true,
    unixListeners: (pids) => unixListeners(pids, network()),
    unixSocket,
    whyNoUnixSockets,
    serverSocket(serverPort, clientPort, family, sinceMs) {
      const looks = tablesOf(family).map((name) => tables[name].since(sinceMs));
      for (const look of looks) {
        if (look === undefined) return 'not-yet';
        // The client's own end has the two ports the other way round. A connection in the accept queue has inode 0.
        const row = findConnection(look.value, serverPort, clientPort);
        if (row === undefined) continue;
        const { inode, state, unreadBytes, unsentBytes } = row;
        const [accepted, withheld] = [inode !== '0', state === 'SYN_RECV'];
        return { accepted, withheld, unreadBytes, unsentBytes, lookedMs: look.beforeMs };
      }
      return undefined;
    },
    portsInTimeWait: () =>
      new Set(
        readTcpRows('both', network()).flatMap(({ localPort, state }) =>
          state === 'TIME_WAIT' ? [localPort] : [],
        ),
      ),
    residentBytes: readResidentBytes,
    processorMs: readProcessorMs,
    processorWaitsMs: readProcessorWaitsMs,
  };
}

function ownersOf(rows: readonly TcpRow[], pids: readonly number[]): Listener[] {
  const found: Listener[] = [];
  for (const pid of pids) {
    const inodes = readSocketInodes(pid);
    for (const row of rows) {
      const known = found.some(({ host, port }) => host === row.localHost && port === row.localPort);
      if (inodes.has(row.inode) && !known) found.push({ host: row.localHost, port: row.localPort, pid });
    }
  }
  return found;
}

function unixListeners(pids: readonly number[], network: string): UnixListener[] {
  const rows = readUnixRows(network).filter(({ listening }) => listening);
  const found = new Map<string, UnixListener>();
  for (const pid of pids) {
    const inodes = readSocketInodes(pid);
    // Workers share the socket of whoever bound it.
    for (const { inode, path } of rows)
      if (inodes.has(inode) && !found.has(inode)) found.set(inode, { path, pid });
  }
  return [...found.values()];
}

/** /proc/net/unix: flag __SO_ACCEPTCON (0x10000) marks a listening socket; an abstract name begins with `@`. */
function readUnixRows(network: string): { inode: string; listening: boolean; path: string }[] {
  const lines = readFileSync(`${network}/unix`, 'latin1').split('\n').slice(1, -1);
  return lines.map((line) => {
    const [, , , flags = '0', , , inode = ''] = line.trim().split(/\s+/);
    // The last column is all of the path, with the spaces in it.
    const path = /^(?:\S+\s+){6}\d+ (.*)$/.exec(line)?.[1] ?? '(unnamed)';
    return { inode, listening: (Number.parseInt(flags, 16) & 0x10000) !== 0, path };
  });
}
