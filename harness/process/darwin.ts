import { execFileSync } from 'node:child_process';
import { nowMs } from '../clock.js';
import { isAccepted, listenersIn, lsofFields, parseNetstat, parseOwnedSockets } from './darwin-net.js';
import { environmentColumns, parseEnvironments, parseProcesses, processColumns } from './darwin-ps.js';
import type { System } from './system.js';

/** These programs answer in a tenth of a second; one that hangs must not hang the harness. */
const timeoutMs = 5000;
const mostBytes = 64 * 1024 * 1024;
/** One look at all environments serves all questions of a look at all processes. */
const environmentsLastMs = 50;

let environments = { atMs: Number.NEGATIVE_INFINITY, of: new Map<number, string>() };

/**
 * macOS, by ps(1), lsof(8) and netstat(1): each look starts a program. It is tested only by parsing what these print,
 * and by holding lsof against /proc on Linux: nobody has run the suite on a Mac with it yet.
 *
 * What macOS does not show stays undefined. Without signal masks `stop.handled` is not applicable, and scenarios that
 * wait for a handler miss their moment; without pending signals nothing is waited for.
 */
export const darwin: System = {
  processes: () => parseProcesses(ps('-axww', '-o', processColumns)),
  process: (pid) => parseProcesses(ps('-ww', '-o', processColumns, '-p', String(pid)))[0],
  environment(pid) {
    if (nowMs() - environments.atMs > environmentsLastMs) {
      const atMs = nowMs();
      environments = { atMs, of: parseEnvironments(ps('-axwwE', '-o', environmentColumns)) };
    }
    return environments.of.get(pid);
  },
  // The whole path of what is executed; ps prints nothing for a process that has gone.
  program: (pid) => ps('-ww', '-o', 'comm=', '-p', String(pid)).trim() || undefined,
  dispositions: () => undefined,
  pending: () => undefined,
  waits: () => undefined,
  writesToFullPipe: () => undefined,
  isListening: (port) => netstat().some(({ localPort, state }) => localPort === port && state === 'LISTEN'),
  listeners(pids, family) {
    if (pids.length === 0) return [];
    return listenersIn(lsof('-iTCP', '-sTCP:LISTEN', '-p', pids.join(',')), family);
  },
  openSockets: () => undefined,
  showsUnixListeners: false,
  unixListeners: () => [],
  serverSocket(serverPort, clientPort) {
    const lookedMs = nowMs();
    const found = netstat().find(
      ({ localPort, remotePort, state }) =>
        localPort === serverPort && remotePort === clientPort && state !== 'TIME_WAIT',
    );
    if (found === undefined) return undefined;
    const { unreadBytes, unsentBytes } = found;
    return {
      accepted: isAccepted(lsof(`-iTCP:${serverPort}`), serverPort, clientPort),
      // Its sockets have no such option.
      withheld: false,
      unreadBytes,
      unsentBytes,
      lookedMs,
    };
  },
  unixSocket: () => undefined,
  whyNoUnixSockets: () => 'macOS does not show the queues of unix sockets',
  portsInTimeWait: () =>
    new Set(netstat().flatMap(({ localPort, state }) => (state === 'TIME_WAIT' ? [localPort] : []))),
  processorMs: () => undefined,
  processorWaitsMs: () => new Map(),
  residentBytes: (pid) => Number(ps('-o', 'rss=', '-p', String(pid)).trim()) * 1024,
};

const ps = (...args: string[]): string => output('ps', args);
const netstat = () => parseNetstat(output('netstat', ['-an', '-p', 'tcp']));
const lsof = (...args: string[]) =>
  parseOwnedSockets(output('lsof', ['-nP', '-a', ...args, '-F', lsofFields]));

/**
 * What a program prints. ps and lsof exit with 1 where one of the pids has gone: what they print is still true.
 *
 * @throws Error where the program is missing or hangs: "I cannot look" must not look like "there is nothing"
 */
function output(program: string, args: readonly string[]): string {
  // English, and times that no daylight saving moves.
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
  const options = { encoding: 'utf8', env, timeout: timeoutMs, maxBuffer: mostBytes, stdio } as const;
  try {
    return execFileSync(program, args, { ...options, stdio });
  } catch (error) {
    const { status, stdout } = error as { status?: number | null; stdout?: string };
    if (typeof status !== 'number') throw error;
    return stdout ?? '';
  }
}
