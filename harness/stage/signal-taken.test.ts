import { expect, test } from 'vitest';
import type { System } from '../process/system.js';
import type { Instance } from '../target/instance.js';
import { MomentMissed } from './moment-missed.js';
import { pendingFor, settledAfter, takenBy } from './signal-taken.js';

/** A target whose signal leaves when the test says so, and what the kernel shows of it. */
function target() {
  const seen = {
    pending: [] as string[] | undefined,
    ignored: [] as string[],
    caught: [] as string[],
    waits: true,
  };
  let leave: () => void = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const instance = {
    launched: { pid: 7 } as { pid: number; pid1?: object },
    exit: undefined as unknown,
    sent: () => left,
    members: () => [{ pid: 7 }],
  };
  const system = {
    pending: () => seen.pending,
    dispositions: () => ({ ignored: seen.ignored, caught: seen.caught, blocked: [] }),
    waits: () => seen.waits,
  };
  const of = [instance as unknown as Instance, system as unknown as System, 'SIGINT'] as const;
  return { instance, seen, leave: () => leave(), of };
}

const settles = async (promise: Promise<unknown>, withinMs = 30) =>
  Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), withinMs)),
  ]);

test.each([
  ['taken', takenBy],
  ['settled', settledAfter],
])('what was not sent yet, as at a terminal, is not %s', async (_, done) => {
  const { of, leave } = target();
  const promise = done(...of);
  expect(await settles(promise)).toBe(false);
  leave();
  expect(await settles(promise, 1000)).toBe(true);
});

test('a signal is taken when it is no longer pending, or when the target has ended', async () => {
  const { of, seen, leave, instance } = target();
  leave();
  seen.pending = ['SIGINT'];
  const promise = takenBy(...of);
  expect(await settles(promise)).toBe(false);
  instance.exit = { code: 0 };
  expect(await settles(promise, 1000)).toBe(true);
});

test('nobody has settled before all threads sleep, and is not waited for for ever', async () => {
  const { of, seen, leave } = target();
  leave();
  seen.waits = false;
  expect(await settles(settledAfter(...of), 100)).toBe(false);
  await settledAfter(...of);
});

test('it is pending when the kernel shows it, or when it is ignored; where it shows nothing, nobody waits', async () => {
  const { of, seen, leave } = target();
  leave();
  await expect(pendingFor(...of)).rejects.toThrow(MomentMissed);
  seen.ignored = ['SIGINT'];
  await pendingFor(...of);
  seen.ignored = [];
  seen.pending = undefined;
  await pendingFor(...of);
});

test('typed at a terminal it is pending for whoever has the foreground there, as the child of an init', async () => {
  const { of, instance, seen, leave } = target();
  leave();
  const child = ['SIGINT'];
  const [, system, signal] = of;
  Object.assign(instance, { members: () => [{ pid: 7 }, { pid: 8 }] });
  Object.assign(system, { pending: (pid: number) => (pid === 8 ? child : seen.pending) });
  await expect(pendingFor(of[0], system, signal)).rejects.toThrow(MomentMissed);
  Object.assign(instance, { launched: { pid: 7, terminal: {} } });
  expect(await settles(pendingFor(of[0], system, signal), 500)).toBe(true);
});

test('what PID 1 has no handler for is dropped, and nobody waits until it is pending', async () => {
  const { of, instance, seen, leave } = target();
  leave();
  instance.launched.pid1 = {};
  expect(await settles(pendingFor(...of), 500)).toBe(true);
  seen.caught = ['SIGINT'];
  const promise = pendingFor(...of);
  expect(await settles(promise, 50)).toBe(false);
  seen.pending = ['SIGINT'];
  expect(await settles(promise, 500)).toBe(true);
  // Others have it pending without a handler too.
  delete instance.launched.pid1;
  seen.caught = [];
  seen.pending = [];
  await expect(pendingFor(...of)).rejects.toThrow(MomentMissed);
});
