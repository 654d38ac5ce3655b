import { createServer, type Server } from 'node:net';
import { nowMs } from '../clock.js';
import type { PeerEvent } from '../recording/events.js';
import { Connection } from './connection.js';
import type { Manner, PlayedCommand, PlayedFact } from './messages.js';

/** A client that connects more often in one run is not listened to any more. */
const mostConnections = 1000;
/** After so many replies a further one takes its time: a client that asks without pause must not fill the recording. */
const quickReplies = 50;
const slowReplyMs = 10;
/** More than this in one run is a flood, however it is sent. */
const mostRequests = 10_000;

type Listen = Extract<PlayedCommand, { do: 'listen' }>;

/** The server of one run. */
export class Listening {
  readonly #server: Server;
  readonly #notice: Buffer;
  readonly #connections: Connection[] = [];
  #manner: Manner;
  #accepted: number;
  #asked = 0;

  constructor({ notice, manner, connections }: Listen, see: (what: PeerEvent | PlayedFact) => void) {
    this.#notice = Buffer.from(notice);
    this.#manner = manner;
    this.#accepted = connections;
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      this.#accepted += 1;
      if (this.#accepted > mostConnections) {
        this.#server.close();
        socket.destroy();
        if (this.#accepted === mostConnections + 1)
          see({ fact: 'too-much', sentence: `It connected more than ${mostConnections} times` });
        return;
      }
      const id = `connection-${this.#accepted}`;
      see({ fact: 'peer', connection: id, clientPort: socket.remotePort ?? 0 });
      see({ type: 'accepted', connection: id, process: 0, atMs: nowMs() });
      const connection = new Connection({
        id,
        socket,
        ending: this.#manner.ending,
        see,
        onRequest: (from, request) => this.#serve(from, request),
      });
      this.#connections.push(connection);
      if (this.#manner.turnsAway) connection.leave('fin');
    });
  }

  /** @throws Error where the port cannot be had */
  listen(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port, backlog: 511 }, resolve);
    });
  }

  async perform(command: Exclude<PlayedCommand, Listen>): Promise<void> {
    switch (command.do) {
      case 'manner':
        this.#manner = command.manner;
        return;
      case 'tell':
        for (const one of this.#open())
          if (one.told || !command.again) one.tell(this.#notice, command.from, command.to);
        return;
      case 'answer':
        for (const one of this.#open()) one.answer();
        return;
      case 'leave':
        for (const one of this.#open()) one.leave(command.how);
        return;
      case 'unlisten':
        this.#server.close();
        return;
      case 'release':
        this.#server.close();
        for (const one of this.#connections) one.release();
        return;
      case 'flush':
        return;
    }
  }

  #open(): Connection[] {
    return this.#connections.filter(({ open }) => open);
  }

  #serve(connection: Connection, request: Buffer): void {
    this.#asked += 1;
    if (this.#asked > mostRequests) {
      connection.floods(`sent more than ${mostRequests} requests in one run`);
      return;
    }
    const { answers = Number.POSITIVE_INFINITY, glueAt } = this.#manner;
    if (connection.told || this.#asked > answers) connection.keepWaiting(request);
    else if (this.#asked === glueAt) connection.replyAndTell(request, this.#notice);
    else if (this.#asked <= quickReplies) connection.reply(request);
    else setTimeout(() => connection.reply(request), slowReplyMs);
  }
}
