import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ServerSocket, System } from '../process/system.js';
import { Recorder } from '../recording/recorder.js';
import { ClientQueue } from './client-queue.js';
import type { Peer } from './peers.js';

/** A clock that only the looks of these tests move: so far with each. */
const stepMs = 50;
const clock = vi.hoisted(() => ({ ms: 0 }));
vi.mock('../clock.js', () => ({ nowMs: () => clock.ms }));
beforeEach(() => {
  clock.ms = 1000;
});

type Shown = Partial<Omit<ServerSocket, 'lookedMs'>> | 'not-yet' | undefined;
const unread = (unreadBytes: number): Shown => ({ accepted: true, unreadBytes });

const peerOf = (given: Partial<Peer> = {}) =>
  ({ id: 'c-1', clientPort: 4000, sentMs: 990, clientLeft: false, ...given }) as Peer;

/** A kernel that shows one thing a look, and the last one for ever. */
function queueThatShows(...all: Shown[]) {
  const asked: unknown[][] = [];
  const recorder = new Recorder();
  const system = {
    serverSocket: (...of: unknown[]) => {
      asked.push(of);
      if (of[2] === 'tcp') return undefined;
      const shown = all[Math.min(asked.length / 2 - 1, all.length - 1)];
      const lookedMs = clock.ms;
      clock.ms += stepMs;
      return typeof shown === 'object' ? { withheld: false, unsentBytes: 0, ...shown, lookedMs } : shown;
    },
  } as unknown as System;
  return {
    queue: new ClientQueue(system, recorder, 80, new AbortController().signal),
    asked,
    events: () => recorder.close(),
  };
}

describe('a client has read what it was sent', () => {
  test('when its end of the connection has nothing unread, in a look of now', async () => {
    const { queue, asked, events } = queueThatShows('not-yet', unread(9), unread(1), unread(0));
    expect(await queue.read([peerOf()], 5000)).toBe('read');
    // It is the client's port first, in either table, and no look is older than the question.
    expect(asked.slice(0, 2)).toEqual([
      [4000, 80, 'tcp', 1000],
      [4000, 80, 'tcp6', 1000],
    ]);
    expect(new Set(asked.map((of) => of[3]))).toEqual(new Set([1000]));
    expect(events()).toMatchObject([{ type: 'client-read', connection: 'c-1', sinceMs: -stepMs, atMs: 0 }]);
  });

  test('it did so between the last look that showed some of it and the one that showed none', async () => {
    const { queue, events } = queueThatShows(unread(9), unread(0));
    await queue.read([peerOf()], 5000);
    const [event] = events();
    expect(event).toMatchObject({ sinceMs: -50, atMs: 0 });
  });

  test('since it was sent, where no look showed any of it', async () => {
    const { queue, events } = queueThatShows(unread(0));
    await queue.read([peerOf({ sentMs: 900 })], 5000);
    expect(events()).toMatchObject([{ sinceMs: -100, atMs: 0 }]);
  });

  test('when it has left: then its end is not shown', async () => {
    for (const shown of [undefined, { accepted: false, unreadBytes: 5 }]) {
      const { queue, events } = queueThatShows(shown);
      expect(await queue.read([peerOf({ clientLeft: true })], 5000)).toBe('read');
      expect(events()).toHaveLength(1);
    }
    const { queue, asked } = queueThatShows('not-yet', unread(9), undefined);
    await queue.read([peerOf({ clientLeft: true })], 5000);
    expect(asked).toHaveLength(6);
  });
});

describe('it is said what was seen instead', () => {
  test('unread: some was there in a look at the end of the time', async () => {
    const { queue, asked, events } = queueThatShows(unread(9));
    expect(await queue.read([peerOf()], 200)).toBe('unread');
    expect(asked.length / 2).toBe(200 / stepMs + 1);
    expect(events()).toEqual([]);
  });

  test('unseen: no look said anything, or none that came so late', async () => {
    for (const shown of [undefined, 'not-yet'] as const) {
      const { queue, events } = queueThatShows(unread(9), shown);
      expect(await queue.read([peerOf()], 200)).toBe('unseen');
      // Ten seconds more are waited: on a busy machine a look takes long.
      expect(clock.ms).toBeGreaterThanOrEqual(1000 + 200 + 10_000);
      expect(events()).toEqual([]);
    }
  });

  test('of several connections, what is true of any', async () => {
    const { queue } = queueThatShows(unread(0), unread(9));
    expect(await queue.read([peerOf(), peerOf({ id: 'c-2' })], 200)).toBe('unread');
    expect(await queue.read([], 200)).toBe('read');
  });
});

test('a request is queued at the server’s end: the ports stand the other way round', async () => {
  const { queue, asked } = queueThatShows('not-yet', undefined, unread(0), unread(1));
  expect(await queue.isQueuedFor(peerOf(), 5000)).toBe(true);
  expect(asked).toHaveLength(8);
  expect(asked.at(-1)).toEqual([80, 4000, 'tcp6', 1000]);
  expect(await queueThatShows(unread(0)).queue.isQueuedFor(peerOf(), 200)).toBe(false);
});
