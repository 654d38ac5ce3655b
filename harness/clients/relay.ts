import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { ClientEvent, PeerEvent } from '../recording/events.js';
import type { RelayOptions } from './messages.js';
import { RelayedConnection } from './relayed-connection.js';

/** So many connections of one process are recorded; the bytes of the others are passed on all the same. */
export const mostConnections = 200;

/** Stands between one process of a pair's client and the server, and sees what travels between them. */
export class Relay {
  readonly #process: number;
  readonly #options: RelayOptions;
  readonly #record: (event: ClientEvent | PeerEvent) => void;
  readonly #connections = new Set<RelayedConnection>();
  readonly #server: Server;
  #count = 0;

  constructor(process: number, options: RelayOptions, record: (event: ClientEvent | PeerEvent) => void) {
    this.#process = process;
    this.#options = options;
    this.#record = record;
    this.#server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) => {
      this.#count += 1;
      const id = `connection-${process + 1}.${this.#count}`;
      const record = this.#count > mostConnections ? () => {} : this.#record;
      this.#connections.add(new RelayedConnection(id, this.#process, socket, this.#options, record));
    });
  }

  /** Listens on a free port of this address; the port. */
  async listen(host: string): Promise<number> {
    this.#server.listen(0, host);
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** From now on clients are refused, as by a server that has closed its socket. */
  refuse(): void {
    this.#server.close();
  }

  destroy(): void {
    this.#server.close();
    for (const connection of this.#connections) connection.destroy();
  }
}
