import { describe, expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import type { ServerSocket } from '../process/system.js';
import { type KnownClient, unknownClient } from './known-client.js';
import { MomentMissed } from './moment-missed.js';
import { ServerEnd } from './server-end.js';

type Shown = Omit<ServerSocket, 'lookedMs'> | 'not-yet' | undefined;

/** So far apart are two looks by the clock of the fake kernel, in milliseconds. */
const stepMs = 20;
const shown = (unreadBytes: number, unsentBytes: number, accepted = true, withheld = false): Shown => ({
  accepted,
  withheld,
  unreadBytes,
  unsentBytes,
});

/** A server's end of which look after look shows what `show` says; the last thing that it says stays. */
function endThatShows(show: (look: number, known: KnownClient) => Shown, given: Partial<KnownClient> = {}) {
  const known = { ...unknownClient(), localPort: 4000, ...given };
  const asked: { port: number; sinceMs: number }[] = [];
  const end = new ServerEnd('stuck-1', known, (port, sinceMs) => {
    const socket = show(asked.length, known);
    asked.push({ port, sinceMs });
    const lookedMs = (asked[0]?.sinceMs ?? sinceMs) + asked.length * stepMs;
    return typeof socket === 'object' ? { ...socket, lookedMs } : socket;
  });
  return { end, asked, known };
}

/** What is shown first, one thing a look, and what is shown from then on. */
const then =
  (...all: Shown[]) =>
  (look: number): Shown =>
    all[Math.min(look, all.length - 1)];

/** Why a fact did not come; undefined where it did. */
async function missed(waiting: Promise<void>): Promise<string | undefined> {
  try {
    await waiting;
    return undefined;
  } catch (error) {
    if (!(error instanceof MomentMissed)) throw error;
    return error.reason;
  }
}

const notSeen = (ms: number) => `it was not seen within ${ms} ms`;
const asked1 = { exchange: 1, requestBytes: 90 };

test('every look is at the client’s own port, and none is older than the wait', async () => {
  const { end, asked } = endThatShows(then('not-yet', shown(0, 0)));
  const sinceMs = nowMs();
  await end.accepted(1000);
  expect(asked).toHaveLength(2);
  for (const look of asked) {
    expect(look.port).toBe(4000);
    expect(look.sinceMs).toBeGreaterThanOrEqual(sinceMs);
  }
});

describe('accepted', () => {
  test('a connection in the accept queue is not accepted, and one that nobody sees is not either', async () => {
    expect(await missed(endThatShows(then(shown(0, 0, false))).end.accepted(30))).toBe(notSeen(30));
    expect(await missed(endThatShows(then(undefined)).end.accepted(30))).toBe(notSeen(30));
    const { end, asked } = endThatShows(then(undefined, shown(9, 0, false), shown(9, 0)));
    await end.accepted(1000);
    expect(asked).toHaveLength(3);
  });

  test('a connection that has ended is waited for no longer', async () => {
    const { end } = endThatShows(then(shown(0, 0, false)), { ended: true });
    expect(await missed(end.accepted(5000))).toBe('the connection of stuck-1 has ended');
  });
});

describe('withheld', () => {
  test('is what one look shows that began after it was asked', async () => {
    const { end, asked } = endThatShows(then('not-yet', shown(0, 0, false, true)));
    const sinceMs = nowMs();
    expect(await end.isWithheld(1000)).toBe(true);
    expect(asked).toHaveLength(2);
    for (const look of asked) expect(look.sinceMs).toBeGreaterThanOrEqual(sinceMs);
  });

  test('is not what waits in the accept queue, is accepted, or is not shown', async () => {
    for (const other of [shown(0, 0, false), shown(0, 0), undefined, 'not-yet'] as const)
      expect(await endThatShows(then(other)).end.isWithheld(30)).toBe(false);
  });
});

describe('queued and read', () => {
  test('a request is queued when all of its bytes have arrived', async () => {
    const { end, asked } = endThatShows(then('not-yet', shown(0, 0), shown(89, 0), shown(90, 0)), asked1);
    await end.queued(1000);
    expect(asked).toHaveLength(4);
    expect(await missed(endThatShows(then(shown(89, 0)), asked1).end.queued(30))).toBe(notSeen(30));
  });

  test('it is read when none of them is left; a look that is not there shows nothing', async () => {
    const { end, asked } = endThatShows(
      then('not-yet', undefined, shown(90, 0), shown(1, 0), shown(0, 0)),
      asked1,
    );
    await end.read(1000);
    expect(asked).toHaveLength(5);
    for (const nothing of ['not-yet', undefined, shown(1, 0)] as const)
      expect(await missed(endThatShows(then(nothing), asked1).end.read(30))).toBe(notSeen(30));
  });

  test('a request that has been answered was read, whatever the kernel shows', async () => {
    for (const wait of ['queued', 'read'] as const) {
      const { end } = endThatShows(then(undefined), { ...asked1, replied: 1 });
      await end[wait](1000);
    }
  });

  test('a connection that ends first ends the wait', async () => {
    for (const wait of ['queued', 'read'] as const) {
      const { end } = endThatShows(then(shown(1, 0)), { ...asked1, ended: true });
      expect(await missed(end[wait](5000))).toBe('the connection of stuck-1 has ended');
    }
  });
});

describe('blocked', () => {
  test('both queues have stood still for 100 ms', async () => {
    const { end, asked } = endThatShows(then(undefined, 'not-yet', shown(0, 7), shown(5, 7)));
    await end.blocked(5000);
    // The first look at these queues, and those in the 100 ms after it.
    expect(asked).toHaveLength(4 + 100 / stepMs);
  });

  test('a server that is only slow is not blocked, as long as anything moves', async () => {
    const moves: [string, (look: number) => Shown][] = [
      ['it reads on', (look) => shown(1000 - look, 7)],
      ['it writes on', (look) => shown(5, 7 + look)],
      ['it gets rid of all now and then', (look) => shown(5, look % 3 === 0 ? 0 : 7)],
    ];
    for (const [what, show] of moves) {
      // Until the looks are 1.5 s old.
      const slow = (look: number) => show(Math.min(look, 1400 / stepMs));
      const { end, asked } = endThatShows(slow);
      await end.blocked(5000);
      expect(asked.length * stepMs, what).toBeGreaterThanOrEqual(1480);
    }
  });

  test.each<[string, (look: number) => Shown]>([
    ['reads on and keeps all', (look) => shown(0, 7 + look)],
    ['has read all that there is', () => shown(0, 7)],
  ])('a server that %s is taken as it is after 1.5 s', async (_what, show) => {
    const { end, asked } = endThatShows(show);
    await end.blocked(5000);
    expect(asked.length * stepMs).toBeGreaterThanOrEqual(1500);
    expect(asked.length * stepMs).toBeLessThan(3000);
  });

  test('where the replies are more than the kernel keeps, they need only stand still', async () => {
    const { end, asked } = endThatShows(then(shown(0, 5), shown(0, 7)));
    await end.blocked(5000, { readsAll: true });
    expect(asked).toHaveLength(2 + 100 / stepMs);
  });

  test('a server without replies that wait is not blocked, read or not', async () => {
    expect(await missed(endThatShows(then(shown(5, 0))).end.blocked(200))).toBe(notSeen(200));
    expect(await missed(endThatShows(then(shown(0, 0))).end.blocked(200, { readsAll: true }))).toBe(
      notSeen(200),
    );
  });

  test('what the server has closed no longer holds it, however much of it waits', async () => {
    const { end } = endThatShows(then(shown(5, 7), shown(0, 7, false)));
    expect(await missed(end.blocked(5000))).toBe('the server has closed that of stuck-1');
  });

  test('a connection that ends ends the wait', async () => {
    const { end, asked } = endThatShows((look, known) => {
      known.ended = look === 3;
      return shown(5, 7);
    });
    expect(await missed(end.blocked(5000))).toBe('the connection of stuck-1 has ended');
    expect(asked).toHaveLength(4);
  });
});

describe('waits', () => {
  test('all has been read, and nothing has happened for 100 ms', async () => {
    const { end, asked } = endThatShows(then('not-yet', undefined, shown(90, 0), shown(0, 0)), asked1);
    await end.waits(5000);
    expect(asked).toHaveLength(4 + 100 / stepMs);
  });

  test.each<[string, Shown]>([
    ['has not read all', shown(1, 0)],
    ['has something to say', shown(0, 1)],
    ['has not accepted, or has closed', shown(0, 0, false)],
    ['is not there', undefined],
  ])('a server that %s does not wait', async (_what, socket) => {
    expect(await missed(endThatShows(then(socket), asked1).end.waits(200))).toBe(notSeen(200));
  });

  test('a server that answers or closes does not wait, at once or later', async () => {
    for (const [fact, reason] of [
      [{ answered: 1 }, 'stuck-1 was answered'],
      [{ replied: 1 }, 'stuck-1 was answered'],
      [{ ended: true }, 'the connection of stuck-1 has ended'],
    ] as const) {
      expect(await missed(endThatShows(then(shown(0, 0)), { ...asked1, ...fact }).end.waits(5000))).toBe(
        reason,
      );
      const { end, known } = endThatShows(then(shown(0, 0)), asked1);
      await end.waits(5000);
      expect(() => end.stillWaits()).not.toThrow();
      Object.assign(known, fact);
      expect(() => end.stillWaits()).toThrow(reason);
    }
  });

  test('an answer that is there when the 100 ms are over is an answer', async () => {
    const { end } = endThatShows((look, known) => {
      known.answered = look === 100 / stepMs ? 1 : 0;
      return shown(0, 0);
    }, asked1);
    expect(await missed(end.waits(5000))).toBe('stuck-1 was answered');
  });

  test('an answer to an earlier request is none to this one', async () => {
    const { end } = endThatShows(then(shown(0, 0)), { ...asked1, exchange: 2, answered: 1, replied: 1 });
    await end.waits(5000);
    end.stillWaits();
  });
});

test('an end is closed when the kernel does not show it any more', async () => {
  expect(await endThatShows(then('not-yet', shown(0, 0), undefined)).end.isClosed(1000)).toBe(true);
  expect(await endThatShows(then('not-yet')).end.isClosed(30)).toBe(false);
  expect(await endThatShows(then(shown(0, 0, false))).end.isClosed(30)).toBe(false);
});
