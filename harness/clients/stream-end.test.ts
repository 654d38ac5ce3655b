import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type FakeServer, fakeServer } from './fake-server.js';
import { watchStreamEnd } from './stream-end.js';

const open: { destroy(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.destroy();
});

/** A connection, watched at the client's end; and what its watcher said, in order. */
async function watched() {
  const server: FakeServer = await fakeServer((socket) => socket.resume());
  const socket: Socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
  const seen: string[] = [];
  watchStreamEnd(socket, { fin: () => seen.push('fin'), rst: (code) => seen.push(code) });
  await once(socket, 'connect');
  const far = await server.connection();
  open.push(socket, { destroy: () => void server.close() });
  return { socket, far, seen };
}

const afterwards = () => new Promise((resolve) => setTimeout(resolve, 50));

test('a FIN is a FIN, and nothing else', async () => {
  const { socket, far, seen } = await watched();
  socket.resume();
  far.end('bye');
  await expect.poll(() => seen).toEqual(['fin']);
  await afterwards();
  expect(seen).toEqual(['fin']);
});

test('a RST is a RST, also when it is seen together with the last bytes', async () => {
  const alone = await watched();
  alone.socket.resume();
  alone.far.resetAndDestroy();
  await expect.poll(() => alone.seen).toEqual(['ECONNRESET']);

  // All of it has arrived before anything is read.
  const late = await watched();
  late.far.write('bye');
  await afterwards();
  late.far.resetAndDestroy();
  await afterwards();
  late.socket.resume();
  await expect.poll(() => late.seen).toEqual(['ECONNRESET']);
  await afterwards();
  expect(late.seen).toEqual(['ECONNRESET']);
});

test('who has said FIN itself, and who still writes, asks nothing more', async () => {
  const ended = await watched();
  ended.socket.resume();
  ended.socket.end();
  ended.far.end();
  await expect.poll(() => ended.seen).toEqual(['fin']);

  const writes = await watched();
  writes.far.pause();
  writes.socket.resume();
  writes.socket.write(Buffer.alloc(16 * 1024 * 1024));
  writes.far.end();
  await expect.poll(() => writes.seen).toEqual(['fin']);
});

test('a RST after a FIN is said after it', async () => {
  const { socket, far, seen } = await watched();
  socket.resume();
  far.end();
  await expect.poll(() => seen).toEqual(['fin']);
  far.resetAndDestroy();
  await afterwards();
  // The kernel says it to the next write.
  socket.write('more');
  await expect.poll(() => seen).toHaveLength(2);
  expect(seen[1]).toMatch(/^(?:EPIPE|ECONNRESET)$/);
});

/** Which of these a kernel shows is a matter of microseconds: the socket says it here. */
describe('at the end of the stream the kernel is asked by a write of nothing', () => {
  function ended(answer: string | undefined, writable = true) {
    const seen: string[] = [];
    const error = answer === undefined ? null : Object.assign(new Error(answer), { code: answer });
    const socket = Object.assign(new EventEmitter(), {
      writableLength: 0,
      writable,
      write: (_: string, done: (error: Error | null) => void) => {
        seen.push('asked');
        done(error);
        // A socket says a failed write twice.
        if (error) socket.emit('error', error);
      },
    });
    watchStreamEnd(socket as unknown as Socket, {
      fin: () => seen.push('fin'),
      rst: (code) => seen.push(code),
    });
    socket.emit('end');
    return seen;
  }

  test('that succeeds: a FIN', () => {
    expect(ended(undefined)).toEqual(['asked', 'fin']);
  });

  test('that is answered by ECONNRESET: a RST, and no FIN', () => {
    expect(ended('ECONNRESET')).toEqual(['asked', 'ECONNRESET']);
  });

  test('that is answered by EPIPE: a FIN, whose RST says nothing more', () => {
    expect(ended('EPIPE')).toEqual(['asked', 'fin']);
  });

  test('and not where it can write no more', () => {
    expect(ended('EPIPE', false)).toEqual(['fin']);
  });
});
