import { beforeEach, describe, expect, test, vi } from 'vitest';
import { nowMs } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import type { SignalName } from '../contract/signal-name.js';
import { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { ProgramFacts } from '../survey/program-facts.js';
import type { Surveyed } from '../survey/surveyed.js';
import { FakeInstance } from './fake-instance.js';
import { MomentMissed } from './moment-missed.js';
import { Program } from './program.js';

/** The program that is started next; undefined where the system cannot start it. */
const next = vi.hoisted(() => ({ instance: undefined as FakeInstance | undefined, stdout: '' }));
vi.mock('../target/instance.js', () => ({
  Instance: {
    start: async ({ stdout }: { stdout: string }) => {
      if (next.instance === undefined) throw new Error('no more processes');
      next.stdout = stdout;
      return next.instance;
    },
  },
}));
/** What the start of each is waited for is a matter of its own. */
const awaited = vi.hoisted(() => [] as { stdout: string }[]);
vi.mock('./program-ready.js', () => ({
  awaitProgramReady: async (options: { stdout: string }) => awaited.push(options),
}));
beforeEach(() => {
  next.instance = new FakeInstance();
  awaited.length = 0;
});

/** A program, and what the kernel shows of it. */
function program(facts: Partial<ProgramFacts> = {}, contract: Partial<Contract> = {}) {
  const shown = { pending: [] as SignalName[], waits: [true] as boolean[], state: 'S', looks: 0 };
  const system = {
    pending: () => shown.pending,
    waits: () => {
      shown.looks += 1;
      return shown.waits.length > 1 ? shown.waits.shift() : shown.waits[0];
    },
    process: () => (shown.state === '' ? undefined : { state: shown.state }),
    dispositions: () => undefined,
  };
  const tested = new Program({
    session: { system, starting: (start: () => Promise<void>) => start() } as unknown as Session,
    recorder: new Recorder(),
    runId: 'run',
    contract: { deadlineMs: 1000, toleranceMs: 100, stopSignals: ['SIGTERM'], ...contract } as Contract,
    survey: { facts } as Surveyed,
  });
  return { tested, shown, instance: next.instance as FakeInstance };
}

async function begun(...given: Parameters<typeof program>) {
  const all = program(...given);
  await all.tested.begin();
  return all;
}

describe('a start', () => {
  test('that the system refuses is a moment missed', async () => {
    next.instance = undefined;
    const { tested } = program();
    await expect(tested.begin()).rejects.toThrow(
      new MomentMissed('the program is started', 'no more processes'),
    );
    expect(() => tested.send('SIGTERM')).toThrow('the program is started: it is not');
    await tested.cleanUp();
  });

  test('of a program that would end by itself finds its output full, unless a scenario wants another', async () => {
    await program({ brief: true }).tested.ready();
    await program({ brief: true }).tested.ready({ stdout: 'closed' });
    await program({ brief: false }).tested.ready();
    expect(awaited.map(({ stdout }) => stdout)).toEqual(['full', 'closed', 'read']);
    expect(next.stdout).toBe('read');
  });
});

describe('one that is held by its full output', () => {
  test('goes on when it has taken the signal, and not before; once', async () => {
    const { tested, shown, instance } = program();
    await tested.begin({ stdout: 'full' });
    shown.pending = ['SIGTERM'];
    const released = tested.release('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(instance.done).toEqual([]);
    shown.pending = ['SIGINT'];
    await released;
    await tested.release('SIGTERM');
    expect(instance.done).toEqual(['read']);
  });

  test('one that is read is not', async () => {
    const { tested, instance } = await begun();
    await tested.release('SIGTERM');
    expect(instance.done).toEqual([]);
  });
});

describe('it has reacted', () => {
  test('when all its threads sleep in two looks, one after the other', async () => {
    const { tested, shown } = await begun();
    shown.waits = [true, false, false, true, true, false];
    const reacted = await tested.reacted('SIGTERM', nowMs());
    expect(reacted).toBe(true);
    expect(shown.waits).toEqual([false]);
  });

  test('when it has said something since the signal; what it said before is none', async () => {
    const { tested, shown, instance } = await begun();
    shown.waits = [false];
    instance.prints('usual\n');
    const sentMs = nowMs();
    let isOver = false;
    const reacted = tested.reacted('SIGTERM', sentMs).finally(() => {
      isOver = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(isOver).toBe(false);
    instance.prints('x', 'stderr');
    const { looks } = shown;
    expect(await reacted).toBe(true);
    expect(shown.looks).toBe(looks);
  });

  test('not where it has ended, although its end was not heard of yet', async () => {
    const { tested, shown, instance } = await begun();
    shown.state = 'Z';
    setTimeout(() => instance.ends(), 20);
    expect(await tested.reacted('SIGTERM', nowMs())).toBe(false);
  });
});

describe('a line', () => {
  test('that is said is one that came since then, whole', async () => {
    const { tested, instance } = await begun();
    instance.prints('reloaded\n');
    const sinceMs = nowMs();
    expect(await tested.says(/reloaded/, sinceMs, 10)).toBe(false);
    instance.prints('reloa');
    const says = tested.says(/^reloaded$/, sinceMs, 5000);
    instance.prints('ded\n');
    expect(await says).toBe(true);
  });

  test('that is new is none of the usual ones, whatever their numbers are', async () => {
    const { tested, instance } = await begun({ usualLines: ['item #'] });
    instance.prints('cleaning\n');
    const sinceMs = nowMs();
    instance.prints('item 7\n');
    expect(await tested.saysNew(sinceMs, 10)).toBeUndefined();
    instance.prints('clean\n', 'stderr');
    expect(await tested.saysNew(sinceMs, 10)).toBeGreaterThan(sinceMs);
    expect(tested.lastLine(/clean/)?.line).toBe('clean');
    expect(tested.lastLine(/never/)).toBeUndefined();
  });

  test('is waited for no longer than it lives', async () => {
    const { tested, instance } = await begun();
    instance.ends();
    const sinceMs = nowMs();
    expect(await tested.says(/x/, sinceMs, 5000)).toBe(false);
    expect(await tested.saysNew(sinceMs, 5000)).toBeUndefined();
    expect(await tested.printsAgain(5000)).toBe(false);
    expect(await tested.closesAfterLine(5000)).toBe(false);
    expect(nowMs() - sinceMs).toBeLessThan(1000);
  });
});

describe('its standard output', () => {
  test('prints again when more of it comes; standard error is none of it', async () => {
    const { tested, instance } = await begun();
    instance.prints('before');
    const prints = tested.printsAgain(30);
    instance.prints('warning\n', 'stderr');
    expect(await prints).toBe(false);
    const more = tested.printsAgain(5000);
    instance.prints('.');
    expect(await more).toBe(true);
  });

  test('is closed in the moment of its next whole line, once', async () => {
    const { tested, instance } = await begun();
    const closes = tested.closesAfterLine(5000);
    instance.prints('warning\n', 'stderr');
    instance.prints('half');
    expect(instance.done).toEqual([]);
    instance.prints(' a line\nanother\n');
    expect(instance.done).toEqual(['output closed']);
    expect(await closes).toBe(true);
  });
});

describe('the end', () => {
  test('is waited for from the last stop signal on; other signals change nothing', async () => {
    const { tested, instance } = await begun();
    const fromMs = nowMs();
    tested.send('SIGTERM');
    const untilMs = nowMs() + 1000 + 100 + 1500;
    await new Promise((resolve) => setTimeout(resolve, 50));
    tested.send('SIGUSR1');
    instance.ends();
    expect(await tested.exit()).toBe(true);
    expect(instance.awaitedUntilMs).toBeGreaterThanOrEqual(fromMs + 2600);
    expect(instance.awaitedUntilMs).toBeLessThanOrEqual(untilMs);
  });

  test('that does not come is brought about, and who was left is said', async () => {
    const lives = await begun();
    expect(await lives.tested.exit()).toBe(false);
    expect(lives.instance.done).toEqual(['end: it did not stop']);
    next.instance = new FakeInstance();
    const leaves = await begun();
    leaves.instance.leavesSome = true;
    leaves.instance.ends();
    expect(await leaves.tested.exit()).toBe(false);
    expect(leaves.instance.done).toEqual(['end: processes of its tree were left']);
    expect(await leaves.tested.ends(0, 'because')).toBe(false);
    expect(leaves.instance.done.at(-1)).toBe('end: because');
  });

  test('in time, and seen too late: nobody knows whether it lived when the signal was due', async () => {
    const { tested, instance } = await begun();
    expect(await tested.aliveAt(100, 50, 'again')).toBe(true);
    instance.ends(0, 160);
    expect(await tested.aliveAt(100, 50, 'again')).toBe(false);
    instance.ends(0, 500);
    await expect(tested.aliveAt(100, 50, 'again')).rejects.toThrow(MomentMissed);
  });
});
