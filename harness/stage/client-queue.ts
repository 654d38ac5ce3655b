import { nowMs } from '../clock.js';
import type { ServerSocket, System } from '../process/system.js';
import type { Recorder } from '../recording/recorder.js';
import { waitUntil } from '../wait-until.js';
import { MomentMissed } from './moment-missed.js';
import type { Peer } from './peers.js';

/** On a machine with many connections a look takes long, and the next one is far: this long is waited for one. */
const slowLooksMs = 10_000;

/** `unread`: something still is, by a look at the end of the time. `unseen`: no look said anything. */
export type Reading = 'read' | 'unread' | 'unseen';

/**
 * The client's end of its connections, as the kernel shows it: the only witness of what a client has read. The ports
 * stand the other way round than at the server's end.
 */
export class ClientQueue {
  readonly #system: System;
  readonly #recorder: Recorder;
  readonly #serverPort: number;

  readonly #abort: AbortSignal;

  constructor(system: System, recorder: Recorder, serverPort: number, abort: AbortSignal) {
    this.#system = system;
    this.#recorder = recorder;
    this.#serverPort = serverPort;
    this.#abort = abort;
  }

  /** Waits until each of these has read all that it was sent, or has left, and records when. */
  async read(peers: readonly Peer[], timeoutMs: number): Promise<Reading> {
    const all = await Promise.all(peers.map((peer) => this.#readBy(peer, timeoutMs)));
    return all.find((one) => one !== 'read') ?? 'read';
  }

  /** The server's end: bytes that the client has sent and that nobody has read. */
  async isQueuedFor(peer: Peer, timeoutMs: number): Promise<boolean> {
    const sinceMs = nowMs();
    return waitUntil(
      () => {
        const socket = this.#look(this.#serverPort, peer.clientPort, sinceMs);
        return typeof socket === 'object' && socket.unreadBytes > 0;
      },
      { timeoutMs, intervalMs: 5 },
    );
  }

  async #readBy(peer: Peer, timeoutMs: number): Promise<Reading> {
    // No look is older than this call: it is made when the kernel has the bytes, which loopback puts into the queue at once.
    const fromMs = nowMs();
    let sinceMs = Math.min(peer.sentMs, fromMs);
    let atMs: number | undefined;
    let isUnread = false;
    await waitUntil(
      () => {
        const socket = this.#look(peer.clientPort, this.#serverPort, fromMs);
        if (socket === 'not-yet') return false;
        if (socket === undefined || !socket.accepted) {
          // It has closed its end, which the server will hear of; or the system shows no sockets, and then it never will.
          if (peer.clientLeft) atMs = nowMs();
          return peer.clientLeft;
        }
        if (socket.unreadBytes > 0) {
          sinceMs = Math.max(sinceMs, socket.lookedMs);
          isUnread = socket.lookedMs >= fromMs + timeoutMs;
          return isUnread;
        }
        atMs = socket.lookedMs;
        return true;
      },
      { timeoutMs: timeoutMs + slowLooksMs, intervalMs: 2 },
    );
    if (atMs === undefined) return isUnread ? 'unread' : 'unseen';
    this.#recorder.add({
      type: 'client-read',
      connection: peer.id,
      sinceMs: Math.min(sinceMs, atMs),
      atMs,
    });
    return 'read';
  }

  /** Most clients are in the table of IPv4; runtimes that listen to both families keep theirs in the other. */
  #look(localPort: number, remotePort: number, sinceMs: number): ServerSocket | undefined | 'not-yet' {
    // Nobody is left who could hear that the client has gone.
    if (this.#abort.aborted) throw new MomentMissed('the connection is looked at', 'it was interrupted');
    const found = this.#system.serverSocket(localPort, remotePort, 'tcp', sinceMs);
    return found ?? this.#system.serverSocket(localPort, remotePort, 'tcp6', sinceMs);
  }
}
