import { execFile } from 'node:child_process';
import { nowMs } from '../clock.js';
import type { ServerSocket } from './system.js';

/** One row of `ss -xnaeH`: a stream socket of the Unix domain that a process holds. */
export interface UnixRow {
  readonly inode: string;
  /** `0` where the other end belongs to nobody: it waits in an accept queue, or has been closed. */
  readonly peer: string;
  readonly unreadBytes: number;
  /** What the other side has not read of what was written here, in the kernel's own measure (with its overhead). */
  readonly unsentBytes: number;
  /** The other side has closed its end. */
  readonly closed: boolean;
}

/** ss(8) prints the path, in which anything may stand, between the queues and the inode. */
const row = /^u_str\s+\S+\s+(\d+)\s+(\d+)\s.*\s(\d+)\s+\S+ (\d+)\s+([<-])-([>-])/;
const timeoutMs = 5000;
/** After a look that took so long, this many times as long passes before the next: it is a process of its own. */
const restShare = 2;

/** Parses what `ss -xnaeH` prints. Connections in an accept queue have no inode, and are left out by the kernel. */
export function parseUnixRows(text: string): UnixRow[] {
  return text.split('\n').flatMap((line) => {
    const [, unread, unsent, inode, peer, reads, writes] = row.exec(line) ?? [];
    if (inode === undefined || peer === undefined) return [];
    return [
      {
        inode,
        peer,
        unreadBytes: Number(unread),
        unsentBytes: Number(unsent),
        closed: reads === '-' && writes === '-',
      },
    ];
  });
}

/** The server's end of the connection whose client's end has this inode; undefined where there is none. */
export function serverEndOf(
  rows: readonly UnixRow[],
  client: string,
  lookedMs: number,
): ServerSocket | undefined {
  const theirs = rows.find(({ peer }) => peer === client);
  if (theirs !== undefined) {
    const { unreadBytes, unsentBytes } = theirs;
    return { accepted: true, withheld: false, unreadBytes, unsentBytes, lookedMs };
  }
  const ours = rows.find(({ inode }) => inode === client);
  if (ours === undefined || ours.closed || ours.peer !== '0') return undefined;
  // Nobody reads what waits in an accept queue: what is not taken there is what lies there.
  return { accepted: false, withheld: false, unreadBytes: ours.unsentBytes, unsentBytes: 0, lookedMs };
}

let latest:
  | { readonly rows: readonly UnixRow[]; readonly beforeMs: number; readonly afterMs: number }
  | undefined;
let looking = false;
let problem: string | undefined;

/** Why the kernel's view of unix sockets cannot be had; undefined where it can, as far as it has been tried. */
export function whyNoUnixSockets(): string | undefined {
  return problem;
}

/**
 * The server's end of a connection, by the inode of the client's end. /proc/net/unix has neither queues nor peers: they
 * are had by sock_diag(7), which ss(8) speaks and Node does not. It runs beside, so a new look is `not-yet` there at first.
 */
export function unixSocket(client: string, sinceMs: number): ServerSocket | undefined | 'not-yet' {
  // Also where there is an answer already: whoever asks again waits for another one.
  lookSoon();
  if (latest === undefined || latest.beforeMs < sinceMs) return 'not-yet';
  return serverEndOf(latest.rows, client, latest.beforeMs);
}

function lookSoon(): void {
  const now = nowMs();
  if (looking || (latest && now < latest.afterMs + (latest.afterMs - latest.beforeMs) * restShare)) return;
  looking = true;
  lookAtAll().catch(() => {});
}

/** One look at all sockets; where it fails the reason is kept. */
export async function lookAtAll(): Promise<void> {
  const beforeMs = nowMs();
  looking = true;
  await new Promise<void>((resolve) => {
    const options = { encoding: 'utf8', timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 } as const;
    execFile('ss', ['-xnaeH'], options, (error, stdout) => {
      looking = false;
      if (error) problem = reasonOf(error);
      else {
        problem = undefined;
        latest = { rows: parseUnixRows(stdout), beforeMs, afterMs: nowMs() };
      }
      resolve();
    });
  });
}

function reasonOf(error: Error & { readonly code?: unknown }): string {
  const what = 'the kernel shows the queues of unix sockets to ss(8) only, and';
  if (error.code === 'ENOENT') return `${what} it is not here (Debian: apt-get install iproute2)`;
  return `${what} that failed: ${error.message.split('\n')[0]}`;
}
