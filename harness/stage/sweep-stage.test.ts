import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Contract } from '../contract/contract.js';
import { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { Surveyed } from '../survey/surveyed.js';
import type { Tracer } from '../sweep/strace.js';
import { FakeInstance } from './fake-instance.js';
import { openSweepStage } from './sweep-stage.js';

/** The target that is started next, and what strace has written of it. */
const next = vi.hoisted(() => ({
  instance: undefined as FakeInstance | undefined,
  tracer: undefined as Tracer | undefined,
  trace: '',
}));
vi.mock('../target/instance.js', () => ({
  Instance: {
    start: async ({ tracer }: { tracer: Tracer }) => {
      next.tracer = tracer;
      return next.instance;
    },
  },
}));
vi.mock('../sweep/strace.js', async (original) => ({
  ...(await original<typeof import('../sweep/strace.js')>()),
  traceIn: () => next.trace,
}));
beforeEach(() => {
  next.instance = new FakeInstance();
  next.trace = '';
});

/** Each has a folder of its own. */
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const place = { syscall: 'read', number: 2 };
const delivery = '31 --- SIGTERM {si_signo=SIGTERM} ---\n';

/** The stage for a program. A start that took less than nothing shortens how long a place is waited for. */
async function stage(startMs = 0) {
  const recorder = new Recorder();
  const opened = await openSweepStage({
    session: {
      fleet: { listen: () => () => {}, perform: async () => [] },
      ports: { next: async () => 80 },
      target: { cwd: '/' },
      starting: (start: () => Promise<void>) => start(),
    } as unknown as Session,
    recorder,
    survey: {
      contract: { protocol: 'none', deadlineMs: 1000, toleranceMs: 100 } as Contract,
      address: { host: '127.0.0.1', port: 0 },
      ports: 'told',
      startMs,
    } as unknown as Surveyed,
    run: { id: 'r', scenario: 's', signal: 'SIGTERM', delivery: 'process', early: true },
    key: 'run',
    clients: 1,
  });
  open.push(opened);
  return { opened, instance: next.instance as FakeInstance, events: () => recorder.close() };
}

const pause = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));

test('the signal is injected at the place, and each delivery is an event that lies between two looks', async () => {
  const { opened, instance, events } = await stage();
  const playing = opened.stage.playPlace(place);
  await pause();
  expect(next.tracer?.words).toContain('inject=read:signal=SIGTERM:when=2');
  next.trace = delivery;
  await pause();
  // A thread that comes to the place later gets one too.
  next.trace += delivery;
  instance.ends();
  await playing;
  const signals = events().filter(({ type }) => type === 'signal');
  expect(signals.length).toBeGreaterThanOrEqual(1);
  for (const signal of signals) expect(signal).toMatchObject({ signal: 'SIGTERM', pid: 7, instance: 0 });
});

describe('a place that is not reached is a moment missed', () => {
  const moment = 'SIGTERM is delivered on entering read for the 2. time';

  test('where the target ended before', async () => {
    const { opened, instance } = await stage();
    instance.ends();
    await expect(opened.stage.playPlace(place)).rejects.toThrow(`${moment}: the target ended before`);
  });

  test('where it did not come in time; the target is ended', async () => {
    const { opened, instance } = await stage(-400);
    // Four times its start and half a second, and half a second more.
    await expect(opened.stage.playPlace(place)).rejects.toThrow(`${moment}: it was not seen within 900 ms`);
    expect(instance.done).toContain('end');
  });

  test('and another signal is none', async () => {
    const { opened, instance } = await stage();
    next.trace = '31 --- SIGINT {si_signo=SIGINT} ---\n';
    instance.ends();
    await expect(opened.stage.playPlace(place)).rejects.toThrow('the target ended before');
  });
});

test('what was delivered right before the end is read after it', async () => {
  const { opened, instance } = await stage();
  next.trace = delivery;
  instance.ends();
  await expect(opened.stage.playPlace(place)).resolves.toBeUndefined();
});

test('a target that goes on is ended, and who was left is said', async () => {
  const lives = await stage();
  next.trace = delivery;
  await lives.opened.stage.playPlace(place);
  expect(lives.instance.done).toContain('end: it did not stop');
  next.instance = new FakeInstance();
  const leaves = await stage();
  leaves.instance.leavesSome = true;
  leaves.instance.ends();
  await leaves.opened.stage.playPlace(place);
  expect(leaves.instance.done).toContain('end: processes of its tree were left');
});

describe('the signal was early', () => {
  test('unless the program had printed before', async () => {
    const { opened, instance, events } = await stage();
    const playing = opened.stage.playPlace(place);
    instance.prints('up\n');
    await pause();
    next.trace = delivery;
    await pause();
    instance.ends();
    await playing;
    expect(opened.isEarly?.()).toBe(false);
    expect(events().map(({ type }) => type)).toEqual(['ready', 'signal']);
  });

  test('where it printed only then: that may be its handler, or a traceback', async () => {
    const { opened, instance, events } = await stage();
    const playing = opened.stage.playPlace(place);
    await pause();
    next.trace = delivery;
    instance.prints('KeyboardInterrupt\n', 'stderr');
    await pause();
    instance.ends();
    await playing;
    expect(opened.isEarly?.()).toBe(true);
    expect(events().map(({ type }) => type)).toEqual(['signal']);
  });
});

test('counting plays without a signal, and gives what strace wrote', async () => {
  const { opened, instance } = await stage();
  instance.prints('up\n');
  next.trace = '31 read(3) = 0\n';
  expect(await opened.stage.count(['read', 'pause'])).toBe(next.trace);
  expect(next.tracer?.words).toContain('trace=read,pause');
  const file = next.tracer?.file ?? '';
  expect(existsSync(dirname(file))).toBe(true);
  await opened.close();
  expect(existsSync(dirname(file))).toBe(false);
  expect(instance.done).toEqual(['end', 'finish']);
});
