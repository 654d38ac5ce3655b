import { describe, expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import type { StdoutMode } from '../process/launch.js';
import type { Session } from '../session.js';
import type { ProgramFacts } from '../survey/program-facts.js';
import type { Surveyed } from '../survey/surveyed.js';
import { FakeInstance } from './fake-instance.js';
import { awaitProgramReady } from './program-ready.js';

/** So long is waited for a fact, at most. */
const timeoutMs = 60;

interface Given {
  readonly facts?: Partial<ProgramFacts>;
  readonly stdout?: StdoutMode;
  readonly ready?: RegExp;
  readonly startedIgnoring?: readonly SignalName[];
  readonly startMs?: number;
}

/** A program that shows all that the survey saw, unless the test changes it. */
function program({ facts = {}, stdout = 'read', ready, startedIgnoring = [], startMs = 50 }: Given = {}) {
  const seen = {
    program: '/bin/p',
    caught: ['SIGINT', 'SIGTERM'] as SignalName[],
    ignored: ['SIGPIPE'] as SignalName[],
    waits: true as boolean | undefined,
    writes: false,
    usedMs: 40,
    looks: 0,
  };
  const instance = new FakeInstance();
  const system = {
    program: () => seen.program,
    dispositions: (pid: number) => ({ pid, caught: seen.caught, blocked: [], ignored: seen.ignored }),
    waits: () => {
      seen.looks += 1;
      return seen.waits;
    },
    writesToFullPipe: () => seen.writes,
    processorMs: () => seen.usedMs,
  };
  const survey = {
    program: '/bin/p',
    startMs,
    facts: { handled: ['SIGINT', 'SIGTERM'], ignored: ['SIGPIPE'], asleep: false, ...facts },
  } as unknown as Surveyed;
  const session = { system, target: { ready, startupTimeoutMs: timeoutMs } } as unknown as Session;
  const isReady = () =>
    awaitProgramReady({ session, survey, instance: instance.asInstance(), stdout, startedIgnoring });
  return { seen, instance, isReady };
}

const vain = (what: string) =>
  `the program is ready: it waited in vain for ${what}: it was not seen within 60 ms`;

test('a program that shows all that the survey saw is ready at once', async () => {
  const { seen, isReady } = program({ facts: { busyMs: 40 } });
  await isReady();
  expect(seen.looks).toBe(1);
});

describe('it is not ready without', () => {
  test('its own program: what a script handles is not what it handles', async () => {
    const { seen, isReady } = program();
    seen.program = '/bin/sh';
    await expect(isReady()).rejects.toThrow(vain('its own program (a script starts it)'));
  });

  test('each of its handlers, and each signal that it ignores', async () => {
    const catches = program();
    catches.seen.caught = ['SIGINT'];
    await expect(catches.isReady()).rejects.toThrow(vain('its handler for SIGTERM'));
    const ignores = program();
    ignores.seen.ignored = [];
    await expect(ignores.isReady()).rejects.toThrow(vain('that it ignores SIGPIPE'));
  });

  test('its first output, on the stream on which it came', async () => {
    const { instance, isReady } = program({ facts: { says: 'stdout' } });
    instance.prints('warning\n', 'stderr');
    await expect(isReady()).rejects.toThrow(vain('its first output'));
    instance.prints('up');
    await isReady();
  });

  test('its --ready line', async () => {
    const { instance, isReady } = program({ ready: /^up$/ });
    const ready = isReady();
    instance.prints('going up\n');
    await expect(ready).rejects.toThrow(vain('its --ready line'));
    instance.prints('up\n');
    await isReady();
  });

  test('its sleep, for four looks in a row', async () => {
    const { seen, isReady } = program({ facts: { asleep: true } });
    await isReady();
    expect(seen.looks).toBe(4);
    seen.waits = false;
    await expect(isReady()).rejects.toThrow(vain('its sleep'));
  });

  test('the processor time of its first start, where nothing else tells', async () => {
    const { seen, isReady } = program({ facts: { busyMs: 41 } });
    await expect(isReady()).rejects.toThrow(vain('the processor time of its start'));
    seen.usedMs = 41;
    await isReady();
  });
});

test('signals that it was started with ignored are another matter', async () => {
  const { seen, isReady } = program({ startedIgnoring: ['SIGINT'] });
  seen.caught = ['SIGTERM'];
  await isReady();
});

test('where nobody reads its output, that is not waited for', async () => {
  await program({ facts: { says: 'stdout' }, ready: /up/, stdout: 'closed' }).isReady();
  await expect(program({ facts: { says: 'stderr' }, stdout: 'closed' }).isReady()).rejects.toThrow(
    'its first output',
  );
});

describe('where its output is full', () => {
  test('its write is all: it does no more before that', async () => {
    const { seen, isReady } = program({ stdout: 'full' });
    seen.caught = [];
    seen.waits = false;
    await expect(isReady()).rejects.toThrow(vain('its handler for SIGINT'));
    seen.writes = true;
    await isReady();
  });

  test('an event loop that puts its write off sleeps, longer than its start took', async () => {
    const { seen, instance, isReady } = program({ stdout: 'full', startMs: 100 });
    instance.launched.atMs = nowMs();
    await expect(isReady()).rejects.toThrow(vain('its write to a full pipe'));
    instance.launched.atMs = nowMs() - 301;
    await isReady();
    seen.waits = false;
    await expect(isReady()).rejects.toThrow(vain('its write to a full pipe'));
  });
});

test('one that ends is waited for no longer, and it is said what it had not shown', async () => {
  const { seen, instance, isReady } = program();
  seen.caught = [];
  instance.ends();
  await expect(isReady()).rejects.toThrow(
    'the program is ready: it ended before that; what was waited for is its handler for SIGINT',
  );
});
