import { expect, test } from 'vitest';
import type { SignalName } from '../contract/signal-name.js';
import type { System } from '../process/system.js';
import type { Session } from '../session.js';
import type { Instance } from '../target/instance.js';
import { ProgramWatch } from './program-watch.js';

/** A program of which each look shows what the test says. */
function program(says: { stdout?: number } = {}) {
  const seen = { program: '/bin/p', caught: [] as SignalName[], waits: true };
  const system: Partial<System> = {
    program: () => seen.program,
    dispositions: (pid) => ({ pid, caught: seen.caught, blocked: [], ignored: [] }),
    waits: () => seen.waits,
    writesToFullPipe: () => false,
  };
  const instance = { launched: { pid: 7, atMs: 0 }, members: () => [{ pid: 7 }], output: { firstMs: says } };
  const watch = new ProgramWatch(instance as unknown as Instance, { system } as unknown as Session);
  return { seen, watch };
}

const handlers: readonly SignalName[] = ['SIGINT', 'SIGTERM'];

test('a handler that stays for two looks is news, and then it is known', () => {
  const { seen, watch } = program();
  watch.look();
  const before = watch.newsMs;
  seen.caught = ['SIGINT'];
  watch.look();
  watch.look();
  expect(watch.newsMs).toBeGreaterThan(before);
  expect(watch.handled).toEqual(['SIGINT']);
});

test('what a script handled that became the program is not what the program handles', () => {
  const { seen, watch } = program();
  seen.program = '/bin/bash';
  seen.caught = ['SIGINT'];
  for (let looks = 0; looks < 3; looks += 1) watch.look();
  seen.program = '/bin/python';
  seen.caught = [];
  for (let looks = 0; looks < 3; looks += 1) watch.look();
  expect(watch.handled).toEqual([]);
  const before = watch.newsMs;
  seen.caught = [...handlers];
  for (let looks = 0; looks < 3; looks += 1) watch.look();
  expect(watch.newsMs).toBeGreaterThan(before);
  expect(watch.handled).toEqual(handlers);
});

test('a handler that comes and goes, as around each child of a shell, is no fact of the start', () => {
  const { seen, watch } = program();
  for (let looks = 0; looks < 12; looks += 1) {
    seen.caught = looks % 3 === 0 ? [] : ['SIGINT'];
    watch.look();
  }
  const before = watch.newsMs;
  for (let looks = 0; looks < 12; looks += 1) {
    seen.caught = looks % 3 === 0 ? [] : ['SIGINT'];
    watch.look();
  }
  expect(watch.newsMs).toBe(before);
  expect(watch.handled).toEqual([]);
});

test('a program that sleeps nearly always is asleep, and one that computes is not', () => {
  const { seen, watch } = program();
  for (let looks = 0; looks < 10; looks += 1) {
    seen.waits = looks !== 4;
    watch.look();
  }
  expect(watch.asleep).toBe(true);
  seen.waits = false;
  for (let looks = 0; looks < 10; looks += 1) watch.look();
  expect(watch.asleep).toBe(false);
});

test('one that has said something is quiet sooner than one that has not', async () => {
  const silent = program();
  const talks = program({ stdout: 1 });
  silent.watch.look();
  talks.watch.look();
  await new Promise((resolve) => setTimeout(resolve, 350));
  silent.watch.look();
  talks.watch.look();
  expect([talks.watch.isQuiet, silent.watch.isQuiet]).toEqual([true, false]);
});
