import { readlinkSync } from 'node:fs';
import { connect, type Socket, type SocketConstructorOpts } from 'node:net';

/** Where a connection goes: to a port of a host, or where there is a path to that unix socket. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  /** A path; no abstract name (unix(7)), which Node fills up with NUL bytes, so that it is another one. */
  readonly socket?: string | undefined;
}

/** Connects, by TCP or to a unix socket. */
export function connectTo(
  { host, port, socket }: Destination,
  options: Pick<SocketConstructorOpts, 'allowHalfOpen'> & { timeout?: number } = {},
): Socket {
  if (socket === undefined) return connect({ host, port, noDelay: true, ...options });
  return connect({ path: socket, ...options });
}

/** What Node keeps below a socket: there is no other way to the descriptor, nor to a second reading after an end. */
interface Handle {
  readonly fd: number;
  readStart(): number;
}

function handleOf(socket: Socket): Handle | undefined {
  return (socket as unknown as { _handle?: Handle | null })._handle ?? undefined;
}

/** The number by which the kernel's table of unix sockets knows this end; undefined where it is not shown. */
export function inodeOf(socket: Socket): string | undefined {
  const handle = handleOf(socket);
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${handle?.fd}`))?.[1];
  } catch {
    return undefined;
  }
}

/** The descriptor of an open socket. */
export function descriptorOf(socket: Socket): number | undefined {
  const fd = handleOf(socket)?.fd;
  return fd === undefined || fd < 0 ? undefined : fd;
}

/** Reads once more after the end of the stream: what libuv has kept to itself comes as an `error`. */
export function readOnce(socket: Socket): void {
  handleOf(socket)?.readStart();
}
