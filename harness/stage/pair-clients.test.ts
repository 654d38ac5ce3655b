import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { FleetCommand } from '../clients/messages.js';
import type { Contract } from '../contract/contract.js';
import type { TargetSettings } from '../options/settings.js';
import type { ClientEvent, PeerEvent } from '../recording/events.js';
import { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { Surveyed } from '../survey/surveyed.js';
import { FakeInstance } from './fake-instance.js';
import { PairClients } from './pair-clients.js';

/** The processes of the client, by their numbers from 0; `refused` are those that the system cannot start. */
const started = vi.hoisted(() => [] as { number: number; port: number; instance: FakeInstance }[]);
const refused = vi.hoisted(() => new Set<number>());
vi.mock('../target/instance.js', () => ({
  Instance: {
    start: async ({ number, port }: { number: number; port: number }) => {
      if (refused.has(number - 1000)) throw new Error('no more processes');
      // A start takes a while, and the failure of another one does not.
      await new Promise((resolve) => setTimeout(resolve, 10));
      const instance = new FakeInstance(number);
      started.push({ number: number - 1000, port, instance });
      return instance;
    },
  },
}));
beforeEach(() => {
  started.length = 0;
  refused.clear();
});

function pair({ contract = {} as Partial<Contract>, fleetEnded = false } = {}) {
  const commands: FleetCommand[] = [];
  const recorder = new Recorder();
  let hear: (event: ClientEvent | PeerEvent) => void = () => {};
  const fleet = {
    listen: (_run: string, onEvent: typeof hear) => {
      hear = onEvent;
      return () => {
        hear = () => {};
      };
    },
    perform: async (command: FleetCommand) => {
      commands.push(command);
      return fleetEnded || command.do !== 'relay'
        ? []
        : [{ client: '', ok: true, port: 9000 + command.process }];
    },
  };
  const clients = new PairClients({
    session: { fleet, starting: (start: () => Promise<void>) => start() } as unknown as Session,
    recorder,
    key: 'run',
    survey: {
      contract: { deadlineMs: 1000, toleranceMs: 100, protocol: 'echo', ...contract } as Contract,
      trimmed: true,
    } as Surveyed,
    address: { host: '127.0.0.1', port: 80 },
    client: {} as TargetSettings,
  });
  /** One process connects; its connections have its number. */
  const connects = (process: number, connection = `c-${process}`): void => {
    hear({ type: 'accepted', connection, process, atMs: 1 });
    const of = { client: connection, role: 'relayed', instance: 0 } as const;
    hear({ type: 'connected', ...of, localPort: 4000 + process, beforeMs: 1, atMs: 1 });
  };
  const asks = (client: string, exchange: number) =>
    hear({ type: 'request', client, exchange, bytes: 6, part: 'whole', beforeMs: 2, atMs: 2 });
  const isAnswered = (client: string, exchange: number) =>
    hear({ type: 'reply', client, exchange, bytes: 6, atMs: 3 });
  const instance = (number: number) =>
    started.find((each) => each.number === number)?.instance as FakeInstance;
  return { clients, commands, connects, asks, isAnswered, instance, events: () => recorder.close() };
}

const notSeen = (moment: string) => `${moment}: it was not seen within 20 ms`;

describe('a start', () => {
  test('gives each process a relay of its own, which knows how the server speaks', async () => {
    const { clients, commands } = pair({ contract: { notice: 'BYE' } });
    await clients.start(1);
    await clients.start(2);
    expect(started.map(({ number, port }) => [number, port])).toEqual([
      [0, 9000],
      [1, 9001],
      [2, 9002],
    ]);
    expect(commands[0]).toMatchObject({
      do: 'relay',
      run: 'run~relay',
      process: 0,
      options: { host: '127.0.0.1', port: 80, protocol: 'echo', notice: 'BYE', trimmed: true },
    });
    expect(clients.others).toBe(2);
  });

  test('that the system refuses is a moment missed, and those that could be started are ended', async () => {
    refused.add(0);
    const { clients, instance } = pair();
    await expect(clients.start(2)).rejects.toThrow('the client is started: no more processes');
    await clients.close();
    expect(instance(1).done).toEqual(['end', 'finish']);
  });

  test('without a relay is a moment missed', async () => {
    await expect(pair({ fleetEnded: true }).clients.start(1)).rejects.toThrow(
      'the relay listens: the fleet has ended',
    );
  });
});

describe('served', () => {
  const moment = 'every client has been served';

  test('is each, by so many more replies through any of its connections', async () => {
    const { clients, connects, isAnswered } = pair();
    await clients.start(2);
    connects(0);
    connects(1);
    const all = clients.served(1, 20);
    isAnswered('c-0', 1);
    await expect(all).rejects.toThrow(notSeen(moment));
    isAnswered('c-1', 1);
    // What each has had before does not count.
    await expect(clients.served(1, 20)).rejects.toThrow(notSeen(moment));
    const more = clients.served(2, 1000);
    connects(0, 'c-0b');
    isAnswered('c-0', 2);
    isAnswered('c-0b', 1);
    isAnswered('c-1', 3);
    await more;
  });

  test('are the others too where the first is not', async () => {
    const { clients, connects, isAnswered } = pair();
    await clients.start(2);
    connects(1);
    const others = clients.served(1, 1000, 'the others');
    isAnswered('c-1', 1);
    await others;
  });

  test('is who is connected, where nobody understands what is spoken', async () => {
    const { clients, commands, connects } = pair({ contract: { protocol: 'tcp' } });
    await clients.start(1);
    expect(commands[0]).toMatchObject({ options: { protocol: 'tcp' } });
    await expect(clients.served(1, 20)).rejects.toThrow(notSeen(moment));
    connects(0);
    await clients.served(1, 1000);
  });

  test('cannot be who has ended, and it is said who and how', async () => {
    const { clients, instance } = pair();
    await clients.start(2);
    instance(1).ends('SIGSEGV');
    await expect(clients.served(1, 5000)).rejects.toThrow(`${moment}: client 2 ended (SIGSEGV)`);
    expect(clients.hasEnded).toBe(true);
    expect(await clients.goOn(0)).toBe(false);
  });
});

describe('waits for its reply', () => {
  const moment = 'the client waits for a reply';

  test('the first one, by a request that is not answered on a connection that stands', async () => {
    const { clients, connects, asks, isAnswered } = pair();
    await clients.start(2);
    connects(0);
    connects(1);
    asks('c-1', 1);
    await expect(clients.firstAwaitsReply(20)).rejects.toThrow(notSeen(moment));
    asks('c-0', 1);
    await clients.firstAwaitsReply(1000);
    isAnswered('c-0', 1);
    await expect(clients.firstAwaitsReply(20)).rejects.toThrow(notSeen(moment));
  });
});

test('a client floods that has more than a hundred requests without a reply, and once is enough', async () => {
  const { clients, connects, asks, isAnswered } = pair();
  await clients.start(1);
  connects(0);
  asks('c-0', 100);
  expect(clients.floods).toBe(false);
  asks('c-0', 101);
  isAnswered('c-0', 101);
  expect(clients.floods).toBe(true);
});

test('that it connects more often than is recorded is said once', async () => {
  const { clients, connects, events } = pair();
  await clients.start(1);
  for (let connection = 0; connection < 1200; connection += 1) connects(0, `c-0.${connection}`);
  const moments = events().filter(({ type }) => type === 'moment');
  expect(moments).toMatchObject([
    { moment: expect.stringMatching(/^client 1 makes more and more connections: \d+ of/) },
  ]);
});

describe('the end', () => {
  test('is awaited of those that are to end; who does not is ended, and that is said', async () => {
    const { clients, instance } = pair();
    await clients.start(2);
    instance(0).ends();
    await clients.ends('the first');
    expect(instance(1).awaitedUntilMs).toBeUndefined();
    await clients.ends();
    expect([instance(0).done, instance(1).done]).toEqual([[], ['end: it did not end']]);
  });

  test('who is to connect again lives on as it should; but the one that is signalled ends', async () => {
    const { clients, instance } = pair({ contract: { afterNotice: 'reconnect' } });
    await clients.start(2);
    await clients.ends();
    await clients.ends('the first');
    expect(instance(0).done).toEqual(['end: it lives on, as it should', 'end: it did not end']);
    expect(instance(1).done).toEqual(['end: it lives on, as it should']);
  });

  test('a signal goes to the first alone', async () => {
    const { clients, instance } = pair();
    await clients.start(2);
    clients.send('SIGTERM');
    expect([instance(0).done, instance(1).done]).toEqual([['SIGTERM'], []]);
  });

  test('of the run: processes first, then their relays, and nothing is heard any more', async () => {
    const { clients, commands, connects, events } = pair();
    await clients.start(1);
    await clients.refuse();
    await clients.close();
    connects(0);
    expect(commands.map((command) => command.do)).toEqual(['relay', 'refuse', 'release']);
    expect(events()).toEqual([]);
  });
});
