import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import { FakeInstance } from './fake-instance.js';
import { MomentMissed } from './moment-missed.js';
import { peersLeave } from './program-peer.js';

/** All times are a twentieth of what they are, so that a program that never notices is known soon. */
vi.mock('../wait-until.js', async (original) => {
  const { waitUntil } = await original<typeof import('../wait-until.js')>();
  const sooner: typeof waitUntil = (fact, { timeoutMs, intervalMs }) =>
    waitUntil(fact, { timeoutMs: timeoutMs / 20, intervalMs });
  return { waitUntil: sooner };
});

const open: { destroy(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.destroy();
});

/** A program that listens here, on every address, and does with each peer what the test says. */
async function program(serve: (socket: Socket) => void, { accepts = true, listens = true } = {}) {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    open.push(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    serve(socket);
  });
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  open.push({ destroy: () => server.close() });
  const { port } = server.address() as AddressInfo;
  const instance = new FakeInstance();
  const system = {
    listeners: () => (listens ? [{ host: '0.0.0.0', port, pid: 7 }] : []),
    // One beside those of its peers.
    openSockets: () => 1 + sockets.size,
    serverSocket: (_: number, clientPort: number) =>
      accepts && [...sockets].some(({ remotePort }) => remotePort === clientPort)
        ? { accepted: true }
        : undefined,
  };
  const recorder = new Recorder();
  const leave = () => peersLeave(instance.asInstance(), { system } as unknown as Session, recorder);
  return { instance, leave, sockets, events: () => recorder.close() };
}

/** Writes until it cannot any more, and then closes. */
function writesOn(socket: Socket): void {
  const timer = setInterval(() => socket.write('tick\n'), 5);
  socket.once('close', () => clearInterval(timer));
}

test('peers read the first bytes and leave; a program that writes on finds out and closes', async () => {
  const { leave, events } = await program(writesOn);
  expect(await leave()).toBe(true);
  const types = events().map(({ type }) => type);
  expect(types.filter((type) => type === 'connected')).toHaveLength(3);
  expect(types.filter((type) => type === 'left')).toHaveLength(3);
});

test('a program that ends of it has noticed too', async () => {
  const { instance, leave } = await program((socket) => {
    socket.write('hello');
    socket.once('end', () => instance.ends('SIGPIPE'));
  });
  expect(await leave()).toBe(true);
});

test('it is a moment missed where it listens no more', async () => {
  const deaf = await program(writesOn, { listens: false });
  await expect(deaf.leave()).rejects.toThrow('a peer is connected to the program: it listens on no TCP port');
});

test('a peer that is not accepted is a moment missed: it has left nothing to notice', async () => {
  const { leave } = await program(() => {}, { accepts: false });
  await expect(leave()).rejects.toThrow(MomentMissed);
});

test('a program that keeps its ends has not noticed', async () => {
  expect(await (await program(() => {})).leave()).toBe(false);
});

test('peers that are never written to leave all the same', async () => {
  const { leave, events } = await program((socket) => {
    socket.resume();
    socket.once('end', () => socket.destroy());
  });
  expect(await leave()).toBe(true);
  expect(events().filter(({ type }) => type === 'left')).toHaveLength(3);
});
