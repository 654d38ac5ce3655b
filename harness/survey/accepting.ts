import type { Socket } from 'node:net';
import { connectTo, inodeOf } from '../clients/connect.js';
import { nowMs } from '../clock.js';
import type { ServerSocket } from '../process/system.js';
import type { LookAtSocket } from '../stage/server-end.js';
import { waitUntil } from '../wait-until.js';
import type { Address } from './surveyed.js';

/** What the kernel shows of a connection on which nothing was sent. `unseen`: of the server's end, nothing. */
type Shown = 'accepted' | 'withheld' | 'queued' | 'unseen' | 'refused';

/** How long the server is given to accept one more connection beside those that it has, in milliseconds. */
const besideWithinMs = 1000;
/** As long as a scenario waits; what the kernel keeps from the server for longer is accepted in none of them. */
const withheldForMs = 2000;
const connectWithinMs = 3000;

/** How many connections without a byte are accepted side by side. */
export interface Accepting {
  readonly capacity: number;
  /** What the last of them came to: `accepted` where there were as many as were wanted. */
  readonly last: Shown;
}

/**
 * How many connections a server accepts side by side, `wanted` at most, where nothing is exchanged: that a process
 * holds them is all that can be known of it. One that is busy with its first client leaves the next in the accept
 * queue, in which a client cannot tell it from one that is served.
 *
 * @param untilMs how long the first may take: a server may listen long before it accepts
 */
export async function measureAccepting(
  address: Address,
  lookAt: LookAtSocket,
  wanted: number,
  untilMs: number,
): Promise<Accepting> {
  const sockets: Socket[] = [];
  let last: Shown = 'accepted';
  let capacity = 0;
  while (last === 'accepted' && capacity < wanted) {
    const timeoutMs = capacity === 0 ? Math.max(besideWithinMs, untilMs - nowMs()) : besideWithinMs;
    const socket = await open(address);
    if (socket !== undefined) sockets.push(socket);
    last = socket === undefined ? 'refused' : await fate(socket, address, lookAt, timeoutMs);
    if (last === 'accepted') capacity += 1;
  }
  for (const socket of sockets) socket.destroySoon();
  return { capacity, last };
}

async function fate(
  socket: Socket,
  address: Address,
  lookAt: LookAtSocket,
  timeoutMs: number,
): Promise<Shown> {
  const sinceMs = nowMs();
  const client = address.socket === undefined ? (socket.localPort ?? 0) : Number(inodeOf(socket) ?? 0);
  // The kernel sends FIN for nobody who has not been accepted.
  let ended = false;
  socket.once('end', () => {
    ended = true;
  });
  let seen: ServerSocket | undefined;
  await waitUntil(
    () => {
      const look = lookAt(client, sinceMs);
      if (look !== 'not-yet') seen = look;
      return (
        ended || seen?.accepted === true || (seen?.withheld === true && nowMs() - sinceMs >= withheldForMs)
      );
    },
    { timeoutMs, intervalMs: 2 },
  );
  if (ended || seen?.accepted) return 'accepted';
  if (seen === undefined) return 'unseen';
  return seen.withheld ? 'withheld' : 'queued';
}

function open(address: Address): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connectTo(address, { timeout: connectWithinMs });
    const failed = () => {
      socket.destroy();
      resolve(undefined);
    };
    socket.once('timeout', failed).on('error', failed);
    socket.once('connect', () => {
      socket.setTimeout(0).resume();
      resolve(socket);
    });
  });
}
