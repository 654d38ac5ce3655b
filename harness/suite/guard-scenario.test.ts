import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OwnScenario } from '../../suites/own.js';
import { UsageError } from '../errors.js';
import { MomentMissed } from '../stage/moment-missed.js';
import { guardScenario } from './guard-scenario.js';

/** Like the stage's: a class with private fields, whose methods give others of the kind. */
class Player {
  readonly #name: string;
  constructor(name: string) {
    this.#name = name;
  }
  get name(): string {
    return this.#name;
  }
  send(): string {
    return `sent by ${this.#name}`;
  }
  async connect(): Promise<Player> {
    return new Player('client');
  }
  async tryConnect(): Promise<{ group: Player; failed: undefined }> {
    return { group: new Player('group'), failed: undefined };
  }
  async knows(other: Player): Promise<boolean> {
    return other.#name === 'client';
  }
  async miss(): Promise<void> {
    throw new MomentMissed('it is ready', 'it is not');
  }
  async forEver(): Promise<void> {
    await new Promise(() => {});
  }
}

type Script = OwnScenario<{ server: Player }>['play'];
const contract = { deadlineMs: 1000, stopSignals: ['SIGTERM'] };

function guarded(given: object) {
  const whole = { id: 'my.thing', title: 't', play: async () => {} };
  return guardScenario({ ...whole, ...given } as unknown as OwnScenario<object>, './mine.mjs');
}
const played = (play: Script) => {
  const stage = { server: new Player('server'), contract };
  return guarded({ play })
    .play(stage)
    .then(
      () => 'played',
      (error: unknown) => error,
    );
};

describe('the script of a suite', () => {
  afterEach(() => void vi.useRealTimers());

  it('that does not end is a fault of the suite, a minute after its time', async () => {
    vi.useFakeTimers();
    let end: unknown;
    void played(({ server }) => server.forEver()).then((error) => {
      end = error;
    });
    await vi.advanceTimersByTimeAsync(60_900);
    expect(end).toBeUndefined();
    await vi.advanceTimersByTimeAsync(200);
    expect(end).toMatchObject({
      suite: './mine.mjs',
      reason: expect.stringContaining('not ended after 61 s'),
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('plays with all that the stage has', async () => {
    const heard: unknown[] = [];
    const end = await played(async ({ server }) => {
      heard.push(server.name, server.send());
      const client = await server.connect();
      heard.push(client.name, await server.knows(client));
      const { group } = await server.tryConnect();
      heard.push(group.send());
    });
    expect(end).toBe('played');
    expect(heard).toEqual(['server', 'sent by server', 'client', true, 'sent by group']);
  });

  it.each<[string, Script, string]>([
    [
      'throws',
      async () => {
        throw new TypeError('x is not a function');
      },
      'it threw TypeError: x is not a function',
    ],
    [
      'is no async function and throws',
      () => {
        throw new Error('at once');
      },
      'it threw Error: at once',
    ],
    [
      'does not await what it begins',
      async ({ server }) => void server.forEver(),
      'it ended before server.forEver() had',
    ],
    [
      'does not await what a client begins',
      async ({ server }) => void (await server.connect()).forEver(),
      'it ended before server.connect().forEver() had',
    ],
  ])('that %s is a fault of the suite', async (_what, play, said) => {
    const error = (await played(play)) as MomentMissed;
    expect(error).toBeInstanceOf(MomentMissed);
    expect(error.suite).toBe('./mine.mjs');
    expect(error.moment).toBe('the script of my.thing is played to its end');
    expect(error.reason).toContain(said);
    expect(error.reason).toContain('a fault of the suite ./mine.mjs, and not of the target');
  });

  it.each<[string, Script]>([
    ['awaits a moment', async ({ server }) => server.miss()],
    ['catches it', async ({ server }) => server.miss().catch(() => {})],
    [
      'does not await it',
      async ({ server }) => {
        void server.miss();
        await server.connect();
      },
    ],
  ])('that misses a moment has missed it, where it %s', async (_what, play) => {
    expect(await played(play)).toMatchObject({ moment: 'it is ready', suite: undefined });
  });

  it.each<[string, object, string]>([
    [
      'signals',
      { signals: () => ['TERM'] },
      "signals() of my.thing to return a list of signals, or [null], given [ 'TERM' ]",
    ],
    ['thenSignals', { thenSignals: () => undefined }, 'given nothing'],
    ['deadlineMs', { deadlineMs: () => -1 }, 'given -1'],
    ['impossible', { impossible: () => false }, 'given false'],
  ])('that says nonsense in %s() is wrong usage', (name, given, said) => {
    const script = guarded(given) as unknown as Record<string, (on: object) => unknown>;
    expect(() => script[name]?.(contract)).toThrow(UsageError);
    expect(() => script[name]?.(contract)).toThrow(said);
  });
});
