import { readFileSync } from 'node:fs';
import { isListening, readTcpRows, type TcpRow } from './net-tcp.js';
import { type Look, Paced } from './paced.js';
import {
  listProcesses,
  readDispositions,
  readEnvironment,
  readPending,
  readProcess,
  readProcessorMs,
  readProgram,
  readResidentBytes,
  readSocketInodes,
} from './procfs.js';
import type { Listener, System, TcpFamily } from './system.js';

/** Linux, by /proc: nothing is started to look at something. */
export const linux: System = {
  processes: listProcesses,
  process: readProcess,
  environment: readEnvironment,
  program: readProgram,
  dispositions: readDispositions,
  pending: readPending,
  isListening,
  tcpSockets(pids) {
    const held = new Set(pids.flatMap((pid) => [...readSocketInodes(pid)]));
    if (held.size > 0) for (const { inode } of readUnixRows()) held.delete(inode);
    return held;
  },
  listeners,
  unixListeners,
  serverSocket(serverPort, clientPort, family, sinceMs) {
    const look = rowsSince(family, sinceMs);
    if (look === undefined) return 'not-yet';
    // The client's own end has the two ports the other way round. A connection in the accept queue has inode 0.
    const row = look.value.find(
      ({ localPort, remotePort, state }) =>
        localPort === serverPort && remotePort === clientPort && state !== 'TIME_WAIT',
    );
    if (row === undefined) return undefined;
    const { inode, unreadBytes, unsentBytes } = row;
    return { accepted: inode !== '0', unreadBytes, unsentBytes, lookedMs: look.beforeMs };
  },
  portsInTimeWait: () =>
    new Set(
      readTcpRows('both').flatMap(({ localPort, state }) => (state === 'TIME_WAIT' ? [localPort] : [])),
    ),
  residentBytes: readResidentBytes,
  processorMs: readProcessorMs,
};

/** The tables take milliseconds to read, and while runs wait for moments they are asked for all the time. */
const tables = { tcp: new Paced(() => readTcpRows('tcp')), tcp6: new Paced(() => readTcpRows('tcp6')) };

function rowsSince(family: TcpFamily, sinceMs: number): Look<readonly TcpRow[]> | undefined {
  const looks = (family === 'both' ? [tables.tcp, tables.tcp6] : [tables[family]]).map((table) =>
    table.since(sinceMs),
  );
  const value = looks.flatMap((look) => look?.value ?? []);
  const beforeMs = Math.min(...looks.map((look) => look?.beforeMs ?? Number.NaN));
  return Number.isNaN(beforeMs) ? undefined : { value, beforeMs };
}

function listeners(pids: readonly number[], family: TcpFamily): Listener[];
function listeners(pids: readonly number[], family: TcpFamily, sinceMs: number): Listener[] | 'not-yet';
function listeners(pids: readonly number[], family: TcpFamily, sinceMs?: number): Listener[] | 'not-yet' {
  const rows = sinceMs === undefined ? readTcpRows(family) : rowsSince(family, sinceMs)?.value;
  if (rows === undefined) return 'not-yet';
  const listening = rows.filter(({ state }) => state === 'LISTEN');
  return listening.length === 0 ? [] : ownersOf(listening, pids);
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

function unixListeners(pids: readonly number[]): string[] {
  const inodes = new Set(pids.flatMap((pid) => [...readSocketInodes(pid)]));
  return readUnixRows().flatMap(({ listening, inode, path }) =>
    listening && inodes.has(inode) ? [path] : [],
  );
}

/** /proc/net/unix: flag __SO_ACCEPTCON (0x10000) marks a listening socket; an abstract name begins with `@`. */
function readUnixRows(): { inode: string; listening: boolean; path: string }[] {
  const lines = readFileSync('/proc/net/unix', 'latin1').split('\n').slice(1, -1);
  return lines.map((line) => {
    const [, , , flags = '0', , , inode = '', path = '(unnamed)'] = line.trim().split(/\s+/);
    return { inode, listening: (Number.parseInt(flags, 16) & 0x10000) !== 0, path };
  });
}
