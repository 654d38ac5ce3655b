import type { Socket } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { type FakeServer, fakeServer } from '../clients/fake-server.js';
import { answersAgain, detectProtocol, measureCapacity, type Probed, probeAs } from './probe.js';

const open: FakeServer[] = [];
afterAll(async () => {
  for (const server of open.splice(0)) await server.close();
});

type Serve = (socket: Socket, index: number) => void;

async function addressOf(serve: Serve) {
  const server = await fakeServer(serve);
  open.push(server);
  return { host: '127.0.0.1', port: server.port };
}

const echo: Serve = (socket) =>
  socket.on('data', (bytes) => socket.write(bytes)).on('end', () => socket.end());

/** Answers each line, without its end. */
const trimmedEcho: Serve = (socket) => {
  let rest = '';
  socket.on('data', (bytes) => {
    const lines = (rest + bytes).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) socket.write(line.trimEnd());
  });
};
const oneShotEcho: Serve = (socket) => socket.once('data', (bytes) => socket.end(bytes));

function http(headers = 'Content-Length: 2\r\n', ends = false, pieces = 1): Serve {
  const reply = `HTTP/1.1 200 OK\r\n${headers}\r\nhi`;
  return (socket) =>
    socket.on('data', (bytes) => {
      if (!bytes.toString().startsWith('GET '))
        return socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
      socket.write(reply.slice(0, pieces > 1 ? 2 : undefined));
      // A server that is slow to say more: the client has read the first bytes by then.
      if (pieces > 1) setTimeout(() => socket.write(reply.slice(2)), 50);
      return ends ? socket.end() : undefined;
    });
}

// Most of the time these wait for answers that do not come: they wait side by side.
describe.concurrent('detectProtocol', () => {
  test.each<[string, Serve, Probed]>([
    ['an exact echo', echo, { protocol: 'echo', persistent: true, trimmed: false }],
    [
      'an echo that closes after one message',
      oneShotEcho,
      { protocol: 'echo', persistent: false, trimmed: false },
    ],
    [
      'an echo of lines without their end',
      trimmedEcho,
      { protocol: 'echo', persistent: true, trimmed: true },
    ],
    ['HTTP', http(), { protocol: 'http', persistent: true, trimmed: false }],
    [
      'HTTP whose first bytes come alone',
      http(undefined, false, 2),
      { protocol: 'http', persistent: true, trimmed: false },
    ],
    ['HTTP that closes', http('', true), { protocol: 'http', persistent: false, trimmed: false }],
    [
      'something else',
      (socket) => socket.on('data', () => socket.write('-ERR\r\n')),
      { protocol: 'tcp', persistent: true, trimmed: false },
    ],
  ])('recognises %s', async (_what, serve, probed) => {
    expect(await detectProtocol(await addressOf(serve), '/')).toEqual(probed);
  });

  test('a server that never answers is silent', async () => {
    expect(await detectProtocol(await addressOf((socket) => socket.resume()), '/')).toBe('silent');
  });

  test('a server that closes without a word is silent', async () => {
    expect(await detectProtocol(await addressOf((socket) => socket.destroy()), '/')).toBe('silent');
  });

  test.each<[string, Serve]>([
    ['echo', echo],
    ['HTTP', http()],
  ])('a server that answers its first client and then hangs (%s) has answered once', async (_what, serve) => {
    const once: Serve = (socket, index) => (index === 0 ? serve(socket, index) : socket.resume());
    expect(await detectProtocol(await addressOf(once), '/')).toBe('once');
  });
});

describe.concurrent('probeAs', () => {
  test('takes the user’s word for the protocol, and says when it is not spoken', async () => {
    expect(await probeAs('tcp', await addressOf(() => {}), '/')).toMatchObject({ protocol: 'tcp' });
    expect(await probeAs('http', await addressOf(oneShotEcho), '/')).toBeUndefined();
  });

  test('a port where nobody listens speaks nothing', async () => {
    const server = await fakeServer(echo);
    const address = { host: '127.0.0.1', port: server.port };
    await server.close();
    for (const protocol of ['tcp', 'echo', 'http'] as const)
      expect(await probeAs(protocol, address, '/')).toBeUndefined();
  });
});

/** Serves `workers` connections at a time; others wait until one of these has ended. */
function limitedTo(workers: number, serve: Serve): Serve {
  let busy = 0;
  const waiting: (() => void)[] = [];
  const next = (): void => {
    if (busy >= workers) return;
    const begin = waiting.shift();
    if (begin === undefined) return;
    busy += 1;
    begin();
  };
  return (socket, index) => {
    waiting.push(() => {
      serve(socket, index);
      socket.resume();
    });
    socket.pause().on('close', () => {
      busy -= 1;
      next();
    });
    next();
  };
}

describe.concurrent('measureCapacity', () => {
  const probed: Probed = { protocol: 'echo', persistent: true, trimmed: false };

  test.each([1, 2])('a server with room for %i has a capacity of that', async (workers) => {
    expect(await measureCapacity(await addressOf(limitedTo(workers, echo)), probed, '/', 5)).toBe(workers);
  });

  test('a server that serves all has what is wanted, and is asked no more', async () => {
    let connections = 0;
    const address = await addressOf((socket, index) => {
      connections += 1;
      echo(socket, index);
    });
    expect(await measureCapacity(address, probed, '/', 5)).toBe(5);
    // Four silent ones, and one more beside each number of them.
    expect(connections).toBe(8);
  });

  test('a limited server serves again after it was measured', async () => {
    const address = await addressOf(limitedTo(1, echo));
    await measureCapacity(address, probed, '/', 5);
    expect(await answersAgain(address, probed, '/')).toBe(true);
  });
});

test('what answered once and hangs does not answer again', async () => {
  const probed: Probed = { protocol: 'echo', persistent: true, trimmed: false };
  expect(await answersAgain(await addressOf((socket) => socket.resume()), probed, '/')).toBe(false);
});
