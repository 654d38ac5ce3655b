import { beforeEach, describe, expect, test, vi } from 'vitest';
import { nowMs } from '../clock.js';
import type { Settings } from '../options/settings.js';
import type { Session } from '../session.js';
import { FakeInstance } from '../stage/fake-instance.js';
import { surveyProgram } from './program-survey.js';

/** The programs that are started, one after the other. */
const next = vi.hoisted(() => ({
  instances: [] as (FakeInstance & { begins(): void })[],
  modes: [] as string[],
  handled: ['SIGTERM'],
}));
vi.mock('../target/instance.js', () => ({
  Instance: {
    start: async ({ stdout }: { stdout: string }) => {
      const instance = next.instances.shift();
      if (instance === undefined) throw new Error('no more processes');
      next.modes.push(stdout);
      instance.launched.beforeMs = nowMs();
      setTimeout(() => instance.begins(), 0);
      return instance;
    },
  },
}));
/** What a program shows while it starts is a matter of its own: here it is ready a little after it has begun. */
vi.mock('./program-watch.js', () => ({
  ProgramWatch: class {
    readonly newsMs = nowMs() - 1000;
    handled = next.handled;
    ignored = [];
    asleep = true;
    executes = '/bin/p';
    looks = 0;
    look() {
      this.looks += 1;
    }
    get isQuiet() {
      return this.looks > 3;
    }
  },
}));
beforeEach(() => {
  next.instances = [];
  next.modes = [];
  next.handled = ['SIGTERM'];
});

/** A program that does this when it begins, and this on its stop signal. */
class Program extends FakeInstance {
  readonly #does: { begins?: (it: Program) => void; stops?: (it: Program) => void };

  constructor(does: { begins?: (it: Program) => void; stops?: (it: Program) => void } = {}) {
    super();
    this.#does = does;
  }

  begins(): void {
    this.#does.begins?.(this);
  }

  override send(signal: 'SIGTERM'): void {
    super.send(signal);
    this.#does.stops?.(this);
  }
}

function surveyed(...programs: Program[]) {
  next.instances = programs;
  const settings = {
    promise: {
      deadlineMs: 1000,
      protocol: 'none',
      stopSignals: ['SIGTERM', 'SIGINT'],
      reloadSignals: [],
      ignoreSignals: [],
    },
  } as unknown as Settings;
  const session = {
    settings,
    target: { startupTimeoutMs: 1000 },
    system: { processorMs: () => 5, residentBytes: () => 1024, listeners: () => [] },
    abort: { aborted: false },
  } as unknown as Session;
  return surveyProgram(session, settings);
}

const ticks = (it: Program) => {
  it.prints('tick 1\n');
  setTimeout(() => it.prints('tick 2\n'), 60);
};

test('what it prints, how it stops, and from when on it speaks of that', async () => {
  const program = new Program({
    begins: ticks,
    stops: (it) => {
      it.prints('tick 3\n');
      it.prints('cleaning\n');
      it.ends(0, nowMs() + 40);
    },
  });
  const { facts, handled, persistent } = await surveyed(program);
  expect(facts).toMatchObject({ says: 'stdout', prints: true, brief: false, usualLines: ['tick #'] });
  expect(facts?.stopsInMs).toBeGreaterThanOrEqual(40);
  expect(facts?.stopsInMs).toBeLessThan(1000);
  expect(facts?.cleanUpLineInMs).toBeLessThanOrEqual(facts?.stopsInMs ?? 0);
  expect([handled, persistent]).toEqual([['SIGTERM'], false]);
  expect(program.done).toEqual(['SIGTERM', 'end', 'finish']);
});

test('it is stopped with the first stop signal that it handles, and where it handles none with the first', async () => {
  const stopped = () => new Program({ stops: (it) => it.ends(0, nowMs()) });
  next.handled = ['SIGUSR1', 'SIGINT'];
  const program = stopped();
  await surveyed(program);
  expect(program.done[0]).toBe('SIGINT');
  next.handled = [];
  const other = stopped();
  await surveyed(other);
  expect(other.done[0]).toBe('SIGTERM');
});

test('one that says nothing new and does not end has neither', async () => {
  const { facts } = await surveyed(new Program({ begins: ticks, stops: (it) => it.prints('tick 3\n') }));
  expect([facts?.stopsInMs, facts?.cleanUpLineInMs]).toEqual([undefined, undefined]);
});

describe('one that ends before it is ready', () => {
  const prints = (bytes: number) =>
    new Program({
      begins: (it) => {
        it.prints('x'.repeat(bytes));
        it.ends(0, nowMs() + 5);
      },
    });

  test('is held by its output where it prints more than a pipe holds', async () => {
    const { facts } = await surveyed(prints(64 * 1024 + 1), new Program());
    expect(next.modes).toEqual(['read', 'full']);
    expect(facts).toMatchObject({ brief: true, stopsInMs: undefined, says: undefined });
  });

  test('is so too where the rest of what it printed is read only after its end was heard', async () => {
    const program = prints(40_000);
    program.unread = 'y'.repeat(40_000);
    const { facts } = await surveyed(program, new Program());
    expect(facts).toMatchObject({ brief: true });
  });

  test('cannot be tested where it prints less, fails, or does not stay', async () => {
    await expect(surveyed(prints(64 * 1024))).rejects.toThrow(/ended by itself \(status 0\).* print more/);
    const fails = new Program({
      begins: (it) => {
        it.prints('x'.repeat(99_999));
        it.ends(1);
      },
    });
    await expect(surveyed(fails)).rejects.toThrow(/\(status 1\).*until it is stopped/);
    await expect(surveyed(prints(99_999), prints(0))).rejects.toThrow(/also while nobody reads its output/);
    expect(fails.done).toEqual(['end', 'finish']);
  });

  test('and leaves another one behind, is in the background', async () => {
    const program = new Program({
      begins: (it) => {
        it.leavesSome = true;
        it.ends();
      },
    });
    await expect(surveyed(program)).rejects.toThrow(/put itself into the background/);
  });
});

test('one that the system cannot start is said to be that', async () => {
  await expect(surveyed()).rejects.toThrow('The program could not be started: no more processes.');
});
