import { expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import type { RecordingEvent } from '../recording/events.js';
import type { RunIdentity } from '../recording/recording.js';
import { MomentMissed } from './moment-missed.js';
import { type PlayOptions, play, type StageContext } from './play.js';

type Script = (add: (event: RecordingEvent) => void) => void;

/** Plays a script that adds events, on a stage of nothing else; what it missed. */
async function missedBy(script: Script, signal: RunIdentity['signal'] = 'SIGTERM') {
  const run = { id: 'x', scenario: 'mine.x', signal, delivery: 'process', early: false } as const;
  const { events } = await play({
    session: { lags: { harness: [], fleet: [] } },
    survey: { startMs: 1, persistent: true, handled: [], contract: {} as Contract },
    kind: 'server',
    run,
    attempt: 1,
    clients: 1,
    startsItself: true,
    openStage: async ({ recorder }: StageContext) => ({
      stage: (event: RecordingEvent) => recorder.add(event),
      ready: async () => {},
      settle: async () => {},
      close: async () => {},
    }),
    script: async (stage: Parameters<Script>[0]) => script(stage),
  } as unknown as PlayOptions<(event: RecordingEvent) => void>);
  return events.flatMap((event) => (event.type === 'missed' ? [`${event.moment}: ${event.reason}`] : []));
}

const sent = (signal: 'SIGTERM' | 'SIGINT', error?: string): RecordingEvent => {
  const atMs = nowMs();
  return {
    type: 'signal',
    instance: 0,
    signal,
    pid: 1,
    ...(error === undefined ? {} : { error }),
    beforeMs: atMs,
    atMs,
  };
};
const exited = (): RecordingEvent => ({
  type: 'exit',
  instance: 0,
  pid: 1,
  code: 1,
  signal: null,
  atMs: nowMs(),
});
const unsent = [expect.stringMatching(/^SIGTERM is sent: the script of mine\.x was over without it/)];

test('a script that was over without the signal that its run is named for has missed it', async () => {
  expect(await missedBy(() => {})).toEqual(unsent);
  expect(await missedBy((add) => add(sent('SIGINT')))).toEqual(unsent);
});

test('a script that sent it, or tried to, has missed nothing; nor has one whose target had gone, or that is about no signal', async () => {
  expect(await missedBy((add) => add(sent('SIGTERM')))).toEqual([]);
  expect(await missedBy((add) => add(sent('SIGTERM', 'it had already exited')))).toEqual([]);
  expect(await missedBy((add) => add(exited()))).toEqual([]);
  expect(await missedBy(() => {}, null)).toEqual([]);
});

test('a moment that was missed before it is told alone', async () => {
  const misses = () => {
    throw new MomentMissed('it is ready', 'it is not');
  };
  expect(await missedBy(misses)).toEqual(['it is ready: it is not']);
});
