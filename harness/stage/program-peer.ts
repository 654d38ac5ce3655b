import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { nowMs } from '../clock.js';
import type { Listener } from '../process/system.js';
import type { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import { familyOf } from '../survey/address.js';
import type { Instance } from '../target/instance.js';
import { waitUntil } from '../wait-until.js';
import { MomentMissed } from './moment-missed.js';
import { poll } from './poll.js';

const connectsWithinMs = 2000;
/** A program that writes to its peer does so at once, or now and then: the first bytes are waited for so long. */
const firstBytesMs = 1000;
/** So long the program has to write twice to a peer that has left: the first write is answered by RST, the second fails. */
const noticesWithinMs = 3000;

/** A peer that leaves with bytes unread sends RST at once, and the program's next write fails without SIGPIPE: one of some will not. */
const peers = 3;

/**
 * Some peers connect to a socket that the program listens on, and leave. Resolves with true when the program has closed
 * its ends too, or has ended; with false when it has done neither for a while. That a connection is over in the kernel
 * says nothing: it is so from the first write on, and the one that raises SIGPIPE is the second.
 *
 * @throws MomentMissed where it listens no more, or takes no connection
 */
export async function peersLeave(instance: Instance, session: Session, recorder: Recorder): Promise<boolean> {
  const { system } = session;
  const pids = instance.members().map(({ pid }) => pid);
  const [listener] = system.listeners(pids, 'both');
  if (listener === undefined) throw new MomentMissed(moment, 'it listens on no TCP port');
  const sockets = () => pids.reduce((sum, pid) => sum + (system.openSockets(pid) ?? 0), 0);
  const ownSockets = sockets();
  const numbers = Array.from({ length: peers }, (_, index) => index + 1);
  await Promise.all(numbers.map((number) => peer(number, listener, instance, session, recorder)));
  // A process that dies shows no socket any more, before its end is heard of.
  const isOver = () => instance.exit !== undefined || sockets() === ownSockets;
  return waitUntil(isOver, { timeoutMs: noticesWithinMs, intervalMs: 5 });
}

const moment = 'a peer is connected to the program';

/** One peer: it connects, is accepted, reads the first bytes where there are any, and leaves in the same instant. */
async function peer(
  number: number,
  listener: Listener,
  instance: Instance,
  { system }: Session,
  recorder: Recorder,
): Promise<void> {
  const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[listener.host] ?? listener.host;
  const client = `peer-${number}`;
  const beforeMs = nowMs();
  const socket = connect({ host, port: listener.port });
  socket.on('error', () => {});
  // Nothing may lie unread: so it is always read, and left in the instant in which more has been.
  socket.resume();
  try {
    await connected(socket);
    const localPort = socket.localPort ?? 0;
    const atMs = nowMs();
    recorder.add({ type: 'connected', role: 'vanishing', client, instance: 0, localPort, beforeMs, atMs });
    const isAccepted = () => {
      const seen = system.serverSocket(listener.port, localPort, familyOf(host), atMs);
      return typeof seen === 'object' && seen.accepted;
    };
    await poll(isAccepted, { moment, timeoutMs: connectsWithinMs });
    socket.once('data', () => socket.destroy());
    await waitUntil(() => socket.destroyed || instance.exit !== undefined, {
      timeoutMs: firstBytesMs,
      intervalMs: 2,
    });
    const leavesMs = nowMs();
    socket.destroy();
    recorder.add({ type: 'left', how: 'fin', client, beforeMs: leavesMs, atMs: nowMs() });
  } finally {
    socket.destroy();
  }
}

async function connected(socket: Socket): Promise<void> {
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(connectsWithinMs) });
  } catch (error) {
    throw new MomentMissed(moment, error instanceof Error ? error.message : String(error));
  }
}
