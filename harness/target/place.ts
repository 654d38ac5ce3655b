import type { Session } from '../session.js';
import type { Address, Surveyed } from '../survey/surveyed.js';

/** Where an instance of the target is to be, and what it is told of that. */
export interface Place {
  /** What it is told as PORT and `{port}`. */
  readonly port: number;
  /** What it is told as `{socket}`; where that is undefined it is told none. */
  readonly socket: string | undefined;
  readonly pidFile: string | undefined;
}

/** The place of the next run: its own where the target can be told one. */
export async function nextPlace(
  { target, ports, files }: Pick<Session, 'target' | 'ports' | 'files'>,
  fixedPort = target.port,
): Promise<Place> {
  const { socket, pidFile, tells } = target;
  const own = tells?.socket || tells?.pidFile ? files.next() : undefined;
  return {
    port: fixedPort ?? (await ports.next()),
    socket: socket ?? (tells?.socket ? own?.socket : undefined),
    pidFile: pidFile ?? (tells?.pidFile ? own?.pidFile : undefined),
  };
}

/** Where a surveyed target listens that has this place. */
export function addressAt({ port, socket }: Place, { address }: Pick<Surveyed, 'address'>): Address {
  if (address.socket === undefined) return { host: address.host, port };
  return socketAddress(socket ?? address.socket);
}

export function socketAddress(socket: string): Address {
  return { host: 'localhost', port: 0, socket };
}

/** An address for people. */
export function inWords({ host, port, socket }: Address): string {
  if (socket !== undefined) return `unix:${socket}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
