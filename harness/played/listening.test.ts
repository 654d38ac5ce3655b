import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import getPort from 'get-port';
import { afterEach, expect, test } from 'vitest';
import type { PeerEvent } from '../recording/events.js';
import { Listening } from './listening.js';
import type { Manner, PlayedFact } from './messages.js';

const run = 'run';
let listening: Listening;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await listening.perform({ run, do: 'release' });
});

/** A listener, a client of it, and what the listener has seen. */
async function played(manner: Partial<Manner> = {}) {
  const port = await getPort();
  const seen: (PeerEvent | PlayedFact)[] = [];
  listening = new Listening(
    {
      run,
      do: 'listen',
      host: '127.0.0.1',
      port,
      notice: 'SHUTDOWN\n',
      manner: { ending: '\n', ...manner },
      connections: 0,
    },
    (what) => seen.push(what),
  );
  await listening.listen('127.0.0.1', port);
  const client = async () => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    const said = { text: '' };
    socket.on('data', (bytes) => {
      said.text += bytes;
    });
    socket.on('error', () => {});
    await once(socket, 'connect');
    return { socket, said };
  };
  const types = () => seen.flatMap((what) => ('type' in what ? what.type : []));
  return { seen, types, client, ...(await client()) };
}

test('what is sent comes back, and all of it is recorded', async () => {
  const { seen, types, socket, said } = await played();
  socket.write('one\n');
  await expect.poll(() => said.text).toBe('one\n');
  expect(types()).toEqual(['accepted', 'client-request', 'sent']);
  expect(seen[0]).toEqual({ fact: 'peer', connection: 'connection-1', clientPort: socket.localPort });
  expect(seen[3]).toMatchObject({ what: 'reply', bytes: 4, connection: 'connection-1' });
});

test('later requests than it is to answer wait until it is told to', async () => {
  const { types, socket, said } = await played({ answers: 1 });
  socket.write('one\ntwo\n');
  await expect.poll(() => types().filter((type) => type === 'client-request')).toHaveLength(2);
  expect(types().filter((type) => type === 'sent')).toHaveLength(1);
  await listening.perform({ run, do: 'answer' });
  await expect.poll(() => said.text).toBe('one\ntwo\n');
});

test('the notice is glued to the reply of one request, and nothing is answered after it', async () => {
  const { seen, socket } = await played({ glueAt: 2 });
  const pieces: string[] = [];
  socket.on('data', (bytes) => pieces.push(String(bytes)));
  socket.write('one\n');
  await expect.poll(() => pieces).toEqual(['one\n']);
  socket.write('two\n');
  await expect.poll(() => pieces).toEqual(['one\n', 'two\nSHUTDOWN\n']);
  socket.write('three\n');
  await expect.poll(() => seen.at(-1)).toMatchObject({ type: 'client-request', exchange: 3 });
  expect(seen.at(-2)).toMatchObject({ what: 'reply-and-notice' });
});

test('a part of the notice is a part, and goes on only where it began', async () => {
  const { seen, said, client } = await played();
  await expect.poll(() => seen.length).toBe(2);
  await listening.perform({ run, do: 'tell', from: 0, to: 1 });
  const second = await client();
  await expect.poll(() => seen.filter((what) => 'type' in what && what.type === 'accepted')).toHaveLength(2);
  await listening.perform({ run, do: 'tell', from: 1, to: 2, again: true });
  await expect.poll(() => said.text).toBe('SH');
  expect(second.said.text).toBe('');
  expect(seen.at(-1)).toMatchObject({ type: 'sent', what: 'notice-part', bytes: 1 });
});

test('FIN and RST of the client are different facts', async () => {
  const { seen, socket, client } = await played();
  socket.end();
  await expect.poll(() => seen.at(-1)).toMatchObject({ type: 'client-left', how: 'fin' });
  const second = await client();
  await expect.poll(() => seen.at(-1)).toMatchObject({ type: 'accepted' });
  second.socket.resetAndDestroy();
  await expect.poll(() => seen.at(-1)).toMatchObject({ type: 'client-left', how: 'rst' });
});

test('it leaves by FIN, and hears the client out; and turns new ones away', async () => {
  const { seen, types, socket, client } = await played();
  await expect.poll(() => seen.length).toBe(2);
  await listening.perform({ run, do: 'manner', manner: { ending: '\n', turnsAway: true } });
  await listening.perform({ run, do: 'leave', how: 'fin' });
  await once(socket, 'end');
  await expect.poll(types).toEqual(['accepted', 'server-left', 'client-left']);
  const second = await client();
  await once(second.socket, 'end');
  await expect.poll(types).toContain('server-left');
});

test('it leaves by RST', async () => {
  const { seen, socket } = await played();
  await expect.poll(() => seen.length).toBe(2);
  const reset = once(socket, 'error');
  await listening.perform({ run, do: 'leave', how: 'rst' });
  expect((await reset)[0]).toMatchObject({ code: 'ECONNRESET' });
  expect(seen.at(-1)).toMatchObject({ type: 'server-left', how: 'rst' });
});

test('a flood is said once, and not read any longer', async () => {
  const { seen, socket } = await played({ answers: 0 });
  socket.write('x\n'.repeat(5000));
  const floods = () => seen.filter((what) => 'fact' in what && what.fact === 'too-much');
  await expect.poll(floods).toHaveLength(1);
  socket.write('x\n'.repeat(5000));
  await listening.perform({ run, do: 'flush' });
  expect(seen.length).toBeLessThan(1100);
});
