import { beforeEach, describe, expect, test, vi } from 'vitest';
import { UntestableError } from '../errors.js';
import type { Settings } from '../options/settings.js';
import type { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import { MomentMissed } from '../stage/moment-missed.js';
import { surveyPair } from './pair-survey.js';

/** What the client of the rehearsal does; and what was done. */
const client = vi.hoisted(() => ({
  ready: async (): Promise<void> => {},
  served: async (): Promise<void> => {},
  goesOn: true,
  floods: false,
  hasEnded: false,
  connects: true,
  done: [] as string[],
}));
const usual = { ...client };
beforeEach(() => {
  Object.assign(client, usual, { done: [] });
});
vi.mock('./survey.js', () => ({ survey: async () => ({ contract: { deadlineMs: 1000 }, startMs: 50 }) }));
vi.mock('../stage/pair-stage.js', () => ({
  openPairStage: async ({ recorder, clients }: { recorder: Recorder; clients: number }) => {
    client.done.push(`${clients} client`);
    if (client.connects) recorder.add({ type: 'accepted', connection: 'c-1', process: 0, atMs: 1 });
    return {
      stage: {
        clients: {
          served: () => client.served(),
          goOn: async () => client.goesOn,
          lastLines: () => ['its last words'],
          get floods() {
            return client.floods;
          },
          get hasEnded() {
            return client.hasEnded;
          },
        },
      },
      ready: () => client.ready(),
      close: async () => client.done.push('close'),
    };
  },
}));

const missed = (moment: string, reason: string) => async () => {
  throw new MomentMissed(moment, reason);
};
const notServed = missed('every client has been served', 'it was not seen within 2000 ms');

async function surveyed(promise: Partial<Settings['promise']> = {}) {
  const settings = { promise, client: { command: ['./client', '-v'] } } as unknown as Settings;
  const session = { settings, target: { startupTimeoutMs: 2000 } } as unknown as Session;
  return surveyPair(session, settings);
}

/** Why it cannot be tested. */
async function refusal(): Promise<string> {
  const error = await surveyed().catch((thrown: unknown) => thrown);
  expect(client.done).toEqual(['1 client', 'close']);
  expect(error).toBeInstanceOf(UntestableError);
  return (error as UntestableError).reason;
}

test('what was found of the server, and what a told client does', async () => {
  expect(await surveyed()).toEqual({ contract: { deadlineMs: 1000, afterNotice: 'exit' }, startMs: 50 });
  expect(await surveyed({ afterNotice: 'reconnect' })).toMatchObject({
    contract: { afterNotice: 'reconnect' },
  });
  expect(client.done).toEqual(['1 client', 'close', '1 client', 'close']);
});

test('a client that was served twice and then pauses is one that goes on', async () => {
  client.served = notServed;
  await expect(surveyed()).resolves.toBeDefined();
});

describe('it cannot be tested where', () => {
  test('the server does not come up a second time', async () => {
    client.ready = missed('the target is ready', 'it ended');
    expect(await refusal()).toBe('The server did not become ready a second time: it ended.');
  });

  test('the client cannot be started: that it did not connect would be another fault', async () => {
    client.connects = false;
    client.ready = missed('the client is started', 'spawn ENOEXEC');
    expect(await refusal()).toBe('The client (./client -v) could not be started: spawn ENOEXEC.');
  });

  test('the client does not connect', async () => {
    client.connects = false;
    client.ready = notServed;
    expect(await refusal()).toMatch(
      /^The client \(\.\/client -v\) did not connect to the server: it was not seen .* HOST and PORT/,
    );
  });

  test('it connects and is not served', async () => {
    client.ready = notServed;
    expect(await refusal()).toMatch(/connected, and was not served twice .*--startup-timeout/);
  });

  test('it ends by itself, at once or a little later', async () => {
    client.hasEnded = true;
    client.served = missed('every client has been served', 'client 1 ended (status 3)');
    expect(await refusal()).toMatch(/does not go on until it is told: client 1 ended \(status 3\)\./);
    Object.assign(client, usual, { done: [], goesOn: false, hasEnded: true });
    expect(await refusal()).toMatch(
      /does not go on until it is told: it ended by itself after some exchanges\./,
    );
  });

  test('it floods, whether it was served or not', async () => {
    client.floods = true;
    expect(await refusal()).toMatch(/\(\.\/client -v\) floods the server/);
    Object.assign(client, { done: [], ready: notServed });
    expect(await refusal()).toMatch(/floods the server/);
  });
});

test('another fault is no verdict on the client, and what was started is closed all the same', async () => {
  client.ready = async () => {
    throw new TypeError('a fault of the harness');
  };
  await expect(surveyed()).rejects.toThrow(TypeError);
  expect(client.done).toEqual(['1 client', 'close']);
});
