import { readFileSync } from 'node:fs';
import { connectTo } from '../clients/connect.js';
import { nowMs } from '../clock.js';
import { UntestableError } from '../errors.js';
import type { Session } from '../session.js';
import { absolute } from '../target/address-watch.js';
import type { Instance } from '../target/instance.js';
import { socketAddress } from '../target/place.js';

/** A target that listens on a unix socket may open a TCP port after it: this long it has for it, in milliseconds. */
const portWithinMs = 300;
const connectWithinMs = 1000;

/** The unix sockets that the target's tree listens on, absolute, each once. Abstract ones (`@…`) are not for us: see `connectTo`. */
export function unixSocketsOf(session: Session, instance: Instance): string[] {
  const pids = instance.members().map(({ pid }) => pid);
  const paths = session.system.unixListeners(pids).map(({ path }) => absolute(path, session.target.cwd));
  return [...new Set(paths)].filter((path) => !path.startsWith('@'));
}

/** Nobody has told it to listen there: first it has time to listen on a port. */
export function worthAskingOf(
  sockets: readonly string[],
  fixedPort: number | undefined,
  firstSeenMs = nowMs(),
): readonly string[] {
  return fixedPort === undefined && nowMs() - firstSeenMs > portWithinMs ? sockets : [];
}

/**
 * Somebody else's socket and pid file are left alone: a target that is started beside would take them away, or fail.
 *
 * @throws UntestableError where somebody serves at the unix socket that the target is declared to use, or its pid file
 * names a live process; and where the system does not show who listens on unix sockets
 */
export async function ifFilesAreTaken({ target, system }: Session): Promise<void> {
  const { socket, pidFile, tells } = target;
  if ((socket !== undefined || tells?.socket) && !system.showsUnixListeners)
    throw new UntestableError(
      'The target listens on a unix socket, and this system does not show who listens on one: these can be tested on Linux only. Let it listen on a TCP port, if it can.',
    );
  if (socket !== undefined && (await isServed(socket)))
    throw new UntestableError(
      `The unix socket ${socket} (--socket) is already taken: somebody serves there. End that process, or choose another path.`,
    );
  const pid = pidFile === undefined ? undefined : pidIn(pidFile);
  const holder = pid === undefined ? undefined : system.process(pid);
  if (holder !== undefined)
    throw new UntestableError(
      `The pid file ${pidFile} (--pid-file) names process ${pid} (${holder.command}), which runs. End it, or choose another path.`,
    );
}

function pidIn(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim());
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined; // there is none, which is as it should be
  }
}

function isServed(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connectTo(socketAddress(socket), { timeout: connectWithinMs });
    const settle = (served: boolean): void => {
      connection.destroy();
      resolve(served);
    };
    connection.once('connect', () => settle(true)).once('error', () => settle(false));
    // A backlog that is full is somebody's too.
    connection.once('timeout', () => settle(true));
  });
}
