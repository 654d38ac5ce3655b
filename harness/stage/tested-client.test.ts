import { beforeEach, describe, expect, test, vi } from 'vitest';
import { nowMs } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { ClientHabits } from '../survey/client-habits.js';
import type { Reading } from './client-queue.js';
import { FakeInstance } from './fake-instance.js';
import { Peers } from './peers.js';
import type { PlayedSide } from './played-side.js';
import { TestedClient } from './tested-client.js';

/** The client that is started next; undefined where the system cannot start it. */
const next = vi.hoisted(() => ({ instance: undefined as FakeInstance | undefined }));
vi.mock('../target/instance.js', () => ({
  Instance: {
    start: async () => {
      if (next.instance === undefined) throw new Error('no more processes');
      return next.instance;
    },
  },
}));
beforeEach(() => {
  next.instance = new FakeInstance();
});

const connects = { type: 'accepted', connection: 'c-1', process: 0, atMs: 1 } as const;
const asks = { type: 'client-request', connection: 'c-1', exchange: 1, bytes: 6, atMs: 2 } as const;
const replies = { type: 'sent', connection: 'c-1', what: 'reply', bytes: 6, beforeMs: 3, atMs: 3 } as const;
const isTold = { ...replies, what: 'notice' } as const;
const closes = { type: 'client-left', connection: 'c-1', how: 'fin', atMs: 4 } as const;

/** A client that is there, and the server that is played for it; what the server is asked to do is in `done`. */
function client({
  contract = {},
  startupTimeoutMs = 50,
  reading = 'read' as Reading,
  pauseMs = undefined as number | undefined,
} = {}) {
  const peers = new Peers();
  const done: string[] = [];
  const recorder = new Recorder();
  const server = {
    peers,
    opens: async () => done.push('opens'),
    read: async () => reading,
    becomes: async () => done.push('becomes'),
    answers: async () => done.push('answers'),
    // What it had seen by then.
    settles: async () => done.push('settles'),
  };
  const session = {
    starting: (start: () => Promise<void>) => start(),
    target: { startupTimeoutMs },
    system: { processorMs: () => 12 },
  };
  const tested = new TestedClient({
    session: session as unknown as Session,
    recorder,
    key: 'run',
    contract: { deadlineMs: 1000, toleranceMs: 100, ...contract } as Contract,
    habits: { longestPauseMs: pauseMs } as ClientHabits,
    port: 80,
    server: server as unknown as PlayedSide,
  });
  return { tested, peers, done, server, events: () => recorder.close() };
}

/** The same, started and served once. */
async function started(given: Parameters<typeof client>[0] = {}) {
  const all = client(given);
  for (const event of [connects, asks]) all.peers.see(event);
  await all.tested.starts();
  return { ...all, instance: next.instance as FakeInstance };
}

describe('a start', () => {
  test('is over with the first request, and then the client is ready', async () => {
    const { tested, peers, done, events } = client({ startupTimeoutMs: 1000 });
    const starts = tested.starts();
    await vi.waitFor(() => expect(done).toEqual(['opens']));
    peers.see(connects);
    peers.see(asks);
    await starts;
    expect(events().map(({ type }) => type)).toEqual(['ready', 'processor']);
  });

  test('that does not come to that says how far it came', async () => {
    const silent = client();
    await expect(silent.tested.starts()).rejects.toThrow('the client connects: it was not seen within 50 ms');
    const mute = client();
    mute.peers.see(connects);
    await expect(mute.tested.starts()).rejects.toThrow(
      'its first request comes: it was not seen within 50 ms',
    );
    const drowns = client({ startupTimeoutMs: 60_000 });
    drowns.peers.see({ fact: 'too-much', sentence: 'it connects without end' });
    await expect(drowns.tested.starts()).rejects.toThrow('the client connects: it connects without end');
  });

  test('of a client that ends: what the server saw of it may be heard of later', async () => {
    const { tested, done } = client();
    next.instance?.ends();
    await expect(tested.starts()).rejects.toThrow('the client connects: the client has ended before');
    expect(done).toEqual(['opens', 'settles']);

    next.instance = new FakeInstance();
    const late = client();
    late.server.settles = async () => late.peers.see(late.peers.all.length === 0 ? connects : asks) as never;
    next.instance.ends();
    await expect(late.tested.starts()).resolves.toBeUndefined();
  });

  test('that the system refuses is a moment missed, and so is all that follows', async () => {
    next.instance = undefined;
    const { tested } = client();
    await expect(tested.starts()).rejects.toThrow('the client is started: no more processes');
    expect(() => tested.send('SIGTERM')).toThrow('the client is started: it is not');
    await tested.cleanUp();
  });
});

describe('it has had its replies', () => {
  test('when they were sent, and the kernel shows that they were read', async () => {
    const { tested, peers, events } = await started();
    peers.see(replies);
    await tested.hadReplies(1);
    expect(events().at(-1)).toMatchObject({ type: 'moment', moment: 'the client has had a reply' });
  });

  test.each([
    ['unread', 'the client has had a reply: the client did not read what it was sent'],
    ['unseen', 'the client has had a reply: the queue of its connection could not be seen'],
  ] as const)('%s: a moment missed', async (reading, message) => {
    const { tested, peers } = await started({ reading });
    peers.see(replies);
    await expect(tested.hadReplies(1)).rejects.toThrow(message);
  });

  test('an unread notice is a fact, and one that nobody could see is none', async () => {
    expect(await (await started({ reading: 'read' })).tested.reads()).toBe(true);
    expect(await (await started({ reading: 'unread' })).tested.reads()).toBe(false);
    await expect((await started({ reading: 'unseen' })).tested.reads()).rejects.toThrow('could not be seen');
  });
});

describe('it waits for its reply', () => {
  const moment = 'the client waits for its reply, and has sent nothing for 300 ms';

  test('when it has sent nothing for longer than it ever paused', async () => {
    const { tested, events } = await started({ pauseMs: 100 });
    await tested.waits();
    expect(events().at(-1)).toMatchObject({ moment });
  });

  test('and not where it sends more', async () => {
    const { tested, peers, events } = await started();
    const waits = tested.waits();
    peers.see({ ...asks, exchange: 2, atMs: 5 });
    await waits;
    expect(events().some(({ type }) => type === 'moment')).toBe(false);
  });
});

describe('a told client', () => {
  test('closes when none that was told is open; others may be', async () => {
    const { tested, peers } = await started();
    peers.see(isTold);
    peers.see({ ...connects, connection: 'c-2' });
    const closed = tested.closes();
    peers.see(closes);
    expect(await closed).toBe(true);
  });

  test('goes on by a new connection where it is to connect again; one that was told is none', async () => {
    const { tested, peers } = await started({ contract: { afterNotice: 'reconnect' } });
    peers.see(isTold);
    let isOn = false;
    const goesOn = tested.goesOn().then(() => {
      isOn = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOn).toBe(false);
    peers.see({ ...connects, connection: 'c-2' });
    await goesOn;
  });

  test('or by its end, for which its deadline is waited and some more', async () => {
    const { tested, instance } = await started();
    instance.ends();
    const fromMs = nowMs();
    await tested.goesOn();
    expect(instance.awaitedUntilMs).toBeGreaterThanOrEqual(fromMs + 1000 + 100 + 1500);
    expect(instance.done).toEqual([]);
  });
});

describe('the end', () => {
  test('is true where all is gone, and otherwise it says who was left', async () => {
    const lives = await started();
    expect(await lives.tested.ends()).toBe(false);
    expect(lives.instance.done).toEqual(['end: it did not end']);

    next.instance = new FakeInstance();
    const leaves = await started();
    leaves.instance.leavesSome = true;
    leaves.instance.ends();
    expect(await leaves.tested.ends()).toBe(false);
    expect(leaves.instance.done).toEqual(['end: processes of its tree were left']);

    next.instance = new FakeInstance();
    const goes = await started();
    goes.instance.ends();
    expect(await goes.tested.ends()).toBe(true);
  });

  test('beside a server: it is answered only where it has not ended at once', async () => {
    const lives = await started();
    await lives.tested.endsBesideServer();
    expect(lives.done).toEqual(['opens', 'becomes', 'answers']);

    next.instance = new FakeInstance();
    const ends = await started();
    ends.instance.ends();
    await ends.tested.endsBesideServer();
    expect(ends.done).toEqual(['opens']);
  });

  test('of a run: a client that still lives was ended by the harness, and that is said', async () => {
    const lives = await started();
    await lives.tested.cleanUp();
    expect(lives.instance.done).toEqual(['end: the run was over', 'finish']);

    next.instance = new FakeInstance();
    const ends = await started();
    ends.instance.ends();
    await ends.tested.cleanUp();
    expect(ends.instance.done).toEqual(['end', 'finish']);
  });
});

describe('without its server', () => {
  test('it copes at its end at once, and its processor time is noted while it lives', async () => {
    const { tested, instance, events } = await started();
    setTimeout(() => instance.ends(), 20);
    await tested.copes();
    expect(instance.awaitedUntilMs).toBeDefined();
    expect(events().filter(({ type }) => type === 'processor')).toHaveLength(2);
  });

  test('one that connects again is watched for a second all the same: it may spin', async () => {
    const { tested, peers } = await started();
    const fromMs = nowMs();
    const copes = tested.copes();
    peers.see({ ...connects, connection: 'c-2' });
    await copes;
    expect(nowMs() - fromMs).toBeGreaterThanOrEqual(999);
  });

  test('it lives on when it has closed, and has not ended half a second later', async () => {
    const { tested, peers, events } = await started();
    peers.see(closes);
    await tested.livesWithoutServer();
    expect(events().at(-1)).toMatchObject({ moment: 'the client lives on without a server' });

    next.instance = new FakeInstance();
    const ends = await started();
    ends.peers.see(closes);
    setTimeout(() => ends.instance.ends(), 20);
    await expect(ends.tested.livesWithoutServer()).rejects.toThrow('the client has ended');
  });
});
