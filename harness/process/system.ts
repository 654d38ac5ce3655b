import type { Dispositions } from '../recording/events.js';

/** One process of this machine. `startTicks` with `pid` names it for ever: pids are reused, start times are not. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parentPid: number;
  readonly groupId: number;
  readonly sessionId: number;
  /** A number that grows with time; its unit is the system's own (clock ticks since boot, seconds). */
  readonly startTicks: string;
  /** As in ps(1): `R`, `S`, `D`, `T` (stopped), `Z` (zombie), … */
  readonly state: string;
  readonly command: string;
}

/** Which of the kernel's two tables a connection is in: `tcp6` holds all sockets of listeners on `::` too. */
export type TcpFamily = 'tcp' | 'tcp6' | 'both';

/** A listening TCP socket. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
}

/** A listening unix socket; its path as it was bound. */
export interface UnixListener {
  readonly path: string;
  readonly pid: number;
}

/** What the kernel shows of the server's end of one connection. */
export interface ServerSocket {
  /** It belongs to a process; false while it waits in the accept queue. */
  readonly accepted: boolean;
  /**
   * The kernel has not finished the handshake at this end, so no process can accept the connection: with
   * TCP_DEFER_ACCEPT (tcp(7)) it waits for the client's first byte. It is so for a moment of every handshake, and where
   * the accept queue has no room.
   */
  readonly withheld: boolean;
  /** Bytes that have arrived and that the server has not read. */
  readonly unreadBytes: number;
  /** Bytes that the server has written and that the client's kernel has not taken. */
  readonly unsentBytes: number;
  /** When the look began that shows it, on CLOCK_MONOTONIC. */
  readonly lookedMs: number;
}

/** What the harness asks of the operating system; one implementation reads /proc, the other calls ps and lsof. */
export interface System {
  /** All processes. */
  processes(): ProcessInfo[];
  process(pid: number): ProcessInfo | undefined;
  /** The environment as one text, or undefined where it cannot be read. */
  environment(pid: number): string | undefined;
  /** The file that a process executes; undefined where the system does not show it. */
  program(pid: number): string | undefined;
  /** Undefined where the process is gone or the system does not show it. */
  dispositions(pid: number): Dispositions | undefined;
  /** Signals pending for the process; undefined where the system does not show it. */
  pending(pid: number): readonly NodeJS.Signals[] | undefined;
  /** Whether all threads of the process sleep; undefined where it is gone or the system does not show it. */
  waits(pid: number): boolean | undefined;
  /** Whether some thread of the process waits in a write to a pipe; undefined where the system does not show it. */
  writesToFullPipe(pid: number): boolean | undefined;
  /** Whether anybody listens on this TCP port. */
  isListening(port: number): boolean;
  /** Listening TCP sockets owned by these processes. A quick look costs little, and may miss some on rare kernels. */
  listeners(pids: readonly number[], family: TcpFamily, isQuick?: boolean): Listener[];
  /** How many sockets the process holds open; undefined where the system does not show it. */
  openSockets(pid: number): number | undefined;
  /** Whether the system shows who listens on a unix socket. */
  readonly showsUnixListeners: boolean;
  /** Unix sockets that these processes listen on; an abstract one begins with `@`. */
  unixListeners(pids: readonly number[]): UnixListener[];
  /**
   * The server's end of a connection, as seen by a look that began no earlier than `sinceMs`; undefined where there is
   * none, or the system does not show it; `not-yet` where it is too soon for such a look.
   */
  serverSocket(
    serverPort: number,
    clientPort: number,
    family: TcpFamily,
    sinceMs: number,
  ): ServerSocket | undefined | 'not-yet';
  /** The same for a connection to a unix socket, by the inode of the client's end. */
  unixSocket(clientInode: string, sinceMs: number): ServerSocket | undefined | 'not-yet';
  /** Why the system does not show these connections; undefined where it does, as far as it has been tried. */
  whyNoUnixSockets(): string | undefined;
  /** Local ports of which some socket is left in TIME_WAIT. */
  portsInTimeWait(): ReadonlySet<number>;
  residentBytes(pid: number): number;
  /** Processor time of a process and of its children that have ended, in milliseconds; undefined where it is not shown. */
  processorMs(pid: number): number | undefined;
  /** How long each thread of a process was ready to run and had no processor, in milliseconds; nothing where it is not shown. */
  processorWaitsMs(pid: number): ReadonlyMap<string, number>;
}
