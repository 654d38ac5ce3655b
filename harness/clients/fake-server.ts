import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A tiny server in the test's own process: what it does with a connection is up to the test. */
export interface FakeServer {
  readonly port: number;
  readonly sockets: readonly Socket[];
  /** The `index`th connection, as soon as it is there. */
  connection(index?: number): Promise<Socket>;
  close(): Promise<void>;
}

export async function fakeServer(
  serve: (socket: Socket, index: number) => void,
  { pauseOnConnect = false, path }: { pauseOnConnect?: boolean; path?: string } = {},
): Promise<FakeServer> {
  const sockets: Socket[] = [];
  const server: Server = createServer({ allowHalfOpen: true, pauseOnConnect }, (socket) => {
    sockets.push(socket);
    // Whatever a client does to its connection is the client's business.
    socket.on('error', () => {});
    serve(socket, sockets.length - 1);
    server.emit('served');
  });
  if (path === undefined) server.listen(0, '127.0.0.1');
  else server.listen(path);
  await once(server, 'listening');
  return {
    port: path === undefined ? (server.address() as AddressInfo).port : 0,
    sockets,
    async connection(index = 0) {
      while (sockets[index] === undefined) await once(server, 'served');
      return sockets[index] as Socket;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      if (server.listening) await once(server, 'close');
    },
  };
}
