import { afterEach, expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import type { Delivery } from '../contract/delivery.js';
import { currentSystem } from '../process/current-system.js';
import type { EventOf } from '../recording/events.js';
import { Recorder } from '../recording/recorder.js';
import { askPastWrapper } from '../stage/past-wrapper.js';
import { waitUntil } from '../wait-until.js';
import { fakeSession } from './fake-session.js';
import { Instance } from './instance.js';

let started: Instance | undefined;
afterEach(async () => {
  await started?.end();
});

/** Starts a shell script; `saw` waits for a text in its output. */
async function start(script: string, delivery: Delivery) {
  const recorder = new Recorder();
  const session = fakeSession('/bin/sh', '-c', script);
  const instance = await Instance.start({ session, recorder, runId: 'test', number: 0, delivery });
  started = instance;
  const seen = { text: '' };
  instance.output.watch((text) => {
    seen.text += text;
  });
  const saw = (text: string) => waitUntil(() => seen.text.includes(text), { timeoutMs: 5000, intervalMs: 5 });
  const events = () => recorder.close();
  const sent = () => events().find((event): event is EventOf<'signal'> => event.type === 'signal');
  return { instance, seen, saw, sent, recorder, events };
}

/** A root that waits for its child; both say when they are hit. */
const family = `
  (trap 'echo child hit; exit' TERM; echo up; while :; do sleep 0.02; done) &
  trap 'echo root hit' TERM
  while :; do wait; done`;

test.each<[Delivery, boolean]>([
  ['process', false],
  ['group', true],
])('a signal to the %s: the child is hit: %s', async (delivery, isHit) => {
  const { instance, seen, saw, sent } = await start(family, delivery);
  expect(await saw('up')).toBe(true);
  instance.send('SIGTERM');
  expect(await saw('root hit')).toBe(true);
  if (isHit) expect(await saw('child hit')).toBe(true);
  else expect(instance.members().length).toBeGreaterThan(1);
  expect(seen.text.includes('child hit')).toBe(isHit);
  const signal = sent();
  expect(signal).toMatchObject({ pid: instance.launched.pid, signal: 'SIGTERM' });
  expect(signal?.group).toBe(isHit ? true : undefined);
});

test.runIf(process.platform === 'linux')(
  'what is started in the background has INT and QUIT ignored, and no other',
  async () => {
    const ignoredBy = async (delivery: Delivery) => {
      const { instance, seen, saw } = await start(
        'grep SigIgn /proc/self/status; echo up; sleep 1',
        delivery,
      );
      expect(await saw('up')).toBe(true);
      const mask = /SigIgn:\s*([0-9a-f]+)/.exec(seen.text)?.[1];
      await instance.end();
      return Number.parseInt(mask ?? '', 16);
    };
    const usual = await ignoredBy('process');
    // Bits 1 and 2: SIGINT is 2, SIGQUIT is 3.
    expect(usual & 0b110).toBe(0);
    expect(await ignoredBy('background')).toBe(usual | 0b110);
  },
);

test('what outlived the root, and went before the harness looked again, went then and not with the root', async () => {
  const { instance, saw, events } = await start('sleep 0.4 & echo up; exit', 'process');
  expect(await saw('up')).toBe(true);
  expect(await instance.awaitGone(nowMs() + 100)).toBe(false);
  const child = instance.members()[0]?.pid ?? 0;
  expect(await waitUntil(() => !isAlive(child), { timeoutMs: 5000, intervalMs: 5 })).toBe(true);
  await instance.end('the run was over');
  const exit = events().find((event): event is EventOf<'exit'> => event.type === 'exit');
  const gone = events().find((event): event is EventOf<'gone'> => event.type === 'gone');
  expect((gone?.atMs ?? 0) - (exit?.atMs ?? 0)).toBeGreaterThan(100);
  expect(gone?.sinceMs).toBeGreaterThan(exit?.atMs ?? Number.POSITIVE_INFINITY);
});

function isAlive(pid: number): boolean {
  return !'ZX'.includes(currentSystem().process(pid)?.state ?? 'X');
}

test.runIf(process.platform === 'linux')(
  'behind a wrapper a signal goes to that alone, and asking goes past it',
  async () => {
    const script = "trap 'echo server hit; exit' TERM; echo up; while :; do sleep 0.02; done";
    const { instance, seen, saw, recorder, events } = await start(script, 'wrapper-dash');
    expect(await saw('up')).toBe(true);
    const server = instance.launched.wrapped?.serverPid() ?? 0;
    expect(server).not.toBe(instance.launched.pid);
    instance.send('SIGTERM');
    expect(await instance.awaitGone(nowMs() + 300)).toBe(false);
    expect(instance.exit?.signal).toBe('SIGTERM');
    expect(seen.text).not.toContain('server hit');
    await askPastWrapper(instance, 'SIGTERM', { recorder, withinMs: 5000 });
    expect(await saw('server hit')).toBe(true);
    await instance.end('the run was over');
    // Asked once more: nobody is there.
    await askPastWrapper(instance, 'SIGTERM', { recorder, withinMs: 5000 });
    const [sent, ...more] = events().filter(({ type }) => type === 'signal' || type === 'past-wrapper');
    expect(sent).toMatchObject({ type: 'signal', pid: instance.launched.pid, wrapper: 'dash' });
    expect(more).toMatchObject([{ type: 'past-wrapper', pid: server }]);
    expect(events().find(({ type }) => type === 'exit')).toMatchObject({ wrapper: 'dash' });
  },
);
