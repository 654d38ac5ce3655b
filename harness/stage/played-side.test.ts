import { beforeEach, expect, test, vi } from 'vitest';
import type { Contract } from '../contract/contract.js';
import type { PlayedCommand, PlayedFact } from '../played/messages.js';
import type { PeerEvent } from '../recording/events.js';
import { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { ClientHabits } from '../survey/client-habits.js';
import { PlayedSide } from './played-side.js';

/** What was done to the processes that play servers, in order; the shared one is called `shared`. */
const done = vi.hoisted(() => [] as string[]);
const heard = vi.hoisted(() => new Map<string, (what: PeerEvent | PlayedFact) => void>());
const commands = vi.hoisted(() => [] as PlayedCommand[]);
vi.mock('../played/played-server.js', () => {
  class PlayedServer {
    readonly name: string;
    constructor(_session: unknown, name = 'own') {
      this.name = name;
    }
    async perform(command: PlayedCommand) {
      commands.push(command);
      done.push(`${this.name}: ${command.do}`);
    }
    listen(run: string, onSeen: (what: PeerEvent | PlayedFact) => void) {
      heard.set(this.name, onSeen);
      done.push(`${this.name}: heard in ${run}`);
      return () => {
        heard.delete(this.name);
        done.push(`${this.name}: not heard`);
      };
    }
    freeze() {
      done.push(`${this.name}: frozen`);
    }
    async kill() {
      done.push(`${this.name}: killed`);
    }
  }
  return { PlayedServer, sharedServer: () => new PlayedServer(undefined, 'shared') };
});
beforeEach(() => {
  for (const list of [done, commands]) list.length = 0;
  heard.clear();
});

function side(notice: string | undefined = 'BYE', ending: ClientHabits['ending'] = '\r\n') {
  const recorder = new Recorder();
  const played = new PlayedSide({
    session: {} as Session,
    recorder,
    key: 'run',
    contract: { notice } as Contract,
    habits: { ending } as ClientHabits,
    port: 80,
  });
  return { played, recorder };
}

const accepted = (connection: string): PeerEvent => ({ type: 'accepted', connection, process: 0, atMs: 1 });

test('listens at the client’s address, and ends its messages as the client does', async () => {
  const { played } = side();
  await played.opens({ answers: 1 });
  expect(commands).toEqual([
    {
      do: 'listen',
      run: 'run',
      host: '127.0.0.1',
      port: 80,
      notice: 'BYE\r\n',
      manner: { answers: 1, ending: '\r\n' },
      connections: 0,
    },
  ]);
  expect(played.noticeBytes).toBe(5);
  expect(side('Tschüß', '').played.noticeBytes).toBe(8);
});

test('what is seen goes to the recording; a fact beside the events does not', async () => {
  const { played, recorder } = side();
  await played.opens({});
  heard.get('shared')?.({ fact: 'peer', connection: 'c-1', clientPort: 4000 });
  heard.get('shared')?.(accepted('c-1'));
  expect(played.peers.open).toMatchObject([{ id: 'c-1', clientPort: 4000 }]);
  expect(recorder.close()).toMatchObject([{ type: 'accepted' }]);
});

test('nobody can be told where no connection is open', async () => {
  const { played } = side();
  await played.opens({});
  await expect(played.tells()).rejects.toThrow('the client is told: no connection of it is open');
  heard.get('shared')?.(accepted('c-1'));
  await played.tells();
  expect(commands.at(-1)).toEqual({ do: 'tell', run: 'run' });
});

test('byte by byte: the first to all, each later one to those that had the one before', async () => {
  const { played } = side();
  await played.opens({});
  await played.tellsByte(0);
  await played.tellsByte(1);
  expect(commands.slice(1)).toEqual([
    { do: 'tell', run: 'run', from: 0, to: 1, again: false },
    { do: 'tell', run: 'run', from: 1, to: 2, again: true },
  ]);
});

test('one that dies takes its open connections with it, and another listens in its place', async () => {
  const { played, recorder } = side();
  await played.opens({}, { mortal: true });
  for (const id of ['c-1', 'c-2']) heard.get('own')?.(accepted(id));
  heard.get('own')?.({ type: 'client-left', connection: 'c-1', how: 'fin', atMs: 2 });
  played.freezes();
  await played.dies();
  expect(done).toEqual([
    'own: heard in run',
    'own: listen',
    'own: frozen',
    'own: killed',
    'own: not heard',
    'shared: heard in run',
    'shared: listen',
  ]);
  // The ids of its connections go on from there.
  expect(commands.at(-1)).toMatchObject({ do: 'listen', connections: 2 });
  expect(played.peers.open).toEqual([]);
  // It is not frozen any more, and answers.
  await played.settles();
  expect(done.at(-1)).toBe('shared: flush');
  await played.closes();
  expect(done.filter((each) => each === 'own: killed')).toHaveLength(1);
  expect(recorder.close().filter(({ type }) => type === 'server-left')).toMatchObject([
    { connection: 'c-2', how: 'killed' },
  ]);
});

test('one that is frozen is asked nothing: it would never answer; it is killed at the end', async () => {
  const { played } = side();
  await played.opens({}, { mortal: true });
  played.freezes();
  done.length = 0;
  await played.settles();
  await played.closes();
  expect(done).toEqual(['own: not heard', 'own: killed']);
});

test('the shared one lives on, and lets go of the run', async () => {
  const { played } = side();
  await played.opens({});
  done.length = 0;
  await played.closes();
  expect(done).toEqual(['shared: release', 'shared: not heard']);
});
