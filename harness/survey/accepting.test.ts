import { expect, test } from 'vitest';
import { fakeServer } from '../clients/fake-server.js';
import { nowMs } from '../clock.js';
import type { ServerSocket } from '../process/system.js';
import { measureAccepting } from './accepting.js';

type Shown = Pick<ServerSocket, 'accepted' | 'withheld'> | undefined | 'not-yet';
const accepted: Shown = { accepted: true, withheld: false };
const queued: Shown = { accepted: false, withheld: false };
const withheld: Shown = { accepted: false, withheld: true };

/** What is measured where the kernel shows of the n-th connection what `show` says of it. */
async function measured(
  show: (connection: number, look: number) => Shown,
  firstMs = 0,
  closesAtOnce = false,
) {
  const server = await fakeServer((socket) => (closesAtOnce ? socket.end() : socket.resume()));
  const ports: number[] = [];
  const looks = new Map<number, number>();
  try {
    return await measureAccepting(
      { host: '127.0.0.1', port: server.port },
      (clientPort, sinceMs) => {
        if (!ports.includes(clientPort)) ports.push(clientPort);
        const look = looks.get(clientPort) ?? 0;
        looks.set(clientPort, look + 1);
        const socket = show(ports.indexOf(clientPort), look);
        const rest = { unreadBytes: 0, unsentBytes: 0, lookedMs: sinceMs };
        return typeof socket === 'object' ? { ...socket, ...rest } : socket;
      },
      4,
      nowMs() + firstMs,
    );
  } finally {
    await server.close();
  }
}

test.concurrent('a server that accepts all has what is wanted', async () => {
  const later = (_connection: number, look: number) => ([queued, 'not-yet'] as const)[look] ?? accepted;
  expect(await measured(later)).toEqual({ capacity: 4, last: 'accepted' });
});

test.concurrent('a server that leaves the second in the accept queue serves one at a time', async () => {
  const first = (connection: number) => (connection === 0 ? accepted : queued);
  expect(await measured(first)).toEqual({ capacity: 1, last: 'queued' });
});

test.concurrent('what is closed by the server was accepted by it, whatever is left to be seen', async () => {
  expect(await measured(() => undefined, 0, true)).toEqual({ capacity: 4, last: 'accepted' });
});

test.concurrent('the first may take as long as the start', async () => {
  const startMs = nowMs();
  const late = (connection: number) => (connection > 0 || nowMs() - startMs > 1500 ? accepted : queued);
  expect(await measured(late)).toEqual({ capacity: 0, last: 'queued' });
  const again = nowMs();
  const lateAgain = (connection: number) => (connection > 0 || nowMs() - again > 1500 ? accepted : queued);
  expect(await measured(lateAgain, 20_000)).toEqual({ capacity: 4, last: 'accepted' });
});

test.concurrent('what the kernel keeps back is waited for no longer than a scenario waits', async () => {
  const fromMs = nowMs();
  expect(await measured(() => withheld, 60_000)).toEqual({ capacity: 0, last: 'withheld' });
  expect(nowMs() - fromMs).toBeLessThan(30_000);
});

test.concurrent('what is not shown is not taken for accepted', async () => {
  expect(await measured(() => undefined)).toEqual({ capacity: 0, last: 'unseen' });
});

test('where nobody listens nobody is accepted', async () => {
  const server = await fakeServer(() => {});
  await server.close();
  const address = { host: '127.0.0.1', port: server.port };
  expect(await measureAccepting(address, () => undefined, 4, nowMs())).toEqual({
    capacity: 0,
    last: 'refused',
  });
});
