import { afterEach, describe, expect, test } from 'vitest';
import { whyNoPid1 } from '../process/pid1-way.js';
import { orphanName } from '../process/strangers.js';
import type { ProcessInfo } from '../process/system.js';
import { Recorder } from '../recording/recorder.js';
import { fakeSession } from '../target/fake-session.js';
import { Instance } from '../target/instance.js';
import { waitUntil } from '../wait-until.js';
import { inheritOrphan } from './inherit-orphan.js';
import { MomentMissed } from './moment-missed.js';

const lacking = await whyNoPid1();
let started: Instance | undefined;
afterEach(async () => {
  await started?.end();
});

/** Starts a shell script as PID 1, and waits for the line `up`. */
async function start(script: string) {
  const recorder = new Recorder();
  const session = fakeSession('/bin/sh', '-c', script);
  const { system } = session;
  const instance = await Instance.start({ session, recorder, runId: 'test', number: 0, delivery: 'pid1' });
  started = instance;
  const seen = { text: '' };
  instance.output.watch((text) => {
    seen.text += text;
  });
  expect(await waitUntil(() => seen.text.includes('up'), { timeoutMs: 5000, intervalMs: 5 })).toBe(true);
  return { instance, session, recorder, system };
}

const isOrphan = ({ command }: { command: string }) => command === orphanName;

describe.skipIf(lacking !== undefined)('an orphan', () => {
  test('is inherited by PID 1, ends, and is reaped by a shell, which waits for anybody', async () => {
    const { instance, session, recorder, system } = await start('echo up; while :; do sleep 0.02; done');
    await inheritOrphan(instance, { session, recorder });
    const events = recorder.close();
    const orphans = events.filter((event) => event.type === 'orphan');
    expect(orphans.map(({ state }) => state)).toEqual(['inherited', 'ended', 'reaped']);
    expect(new Set(orphans.map(({ pid }) => pid)).size).toBe(1);
    expect(system.process(orphans[0]?.pid ?? 0)?.command).not.toBe(orphanName);
  });

  test('is left as a zombie by what waits for nobody, and is never taken for a process of the target', async () => {
    const { instance, session, recorder, system } = await start('echo up; exec sleep 60');
    await inheritOrphan(instance, { session, recorder });
    const members = instance.members();
    await instance.end('the test is over');
    const events = recorder.close();
    const orphans = events.filter((event) => event.type === 'orphan');
    expect(orphans.map(({ state }) => state)).toEqual(['inherited', 'ended', 'left']);
    const [, ended, left] = orphans;
    expect((left?.atMs ?? 0) - (ended?.atMs ?? 0)).toBeGreaterThan(1000);
    // Neither it nor what holds the namespace is seen in the tree.
    expect(members.map(({ pid }) => pid)).toEqual([instance.launched.pid]);
    expect(events.filter(({ type }) => type === 'process' || type === 'survivor')).toEqual([]);
    // With PID 1 its whole namespace has gone.
    expect(system.processes().filter((info) => isOrphan(info) && info.pid === left?.pid)).toEqual([]);
  });

  test('that PID 1 takes with it, a zombie by then, was not reaped', async () => {
    const { instance, session, recorder, system } = await start('echo up; exec sleep 60');
    const { pid } = instance.launched;
    const inheriting = inheritOrphan(instance, { session, recorder });
    const isThere = (info: ProcessInfo) => isOrphan(info) && info.parentPid === pid && info.state === 'Z';
    const isLeft = () => system.processes().some(isThere);
    expect(await waitUntil(isLeft, { timeoutMs: 5000, intervalMs: 1 })).toBe(true);
    process.kill(pid, 'SIGKILL');
    await expect(inheriting).rejects.toThrow(MomentMissed);
    const states = recorder.close().flatMap((event) => (event.type === 'orphan' ? [event.state] : []));
    for (const state of ['reaped', 'left']) expect(states).not.toContain(state);
  });

  test('cannot be put where nobody is', async () => {
    const { instance, session, recorder } = await start('echo up; exec sleep 60');
    await instance.end();
    await expect(inheritOrphan(instance, { session, recorder })).rejects.toThrow(MomentMissed);
  });
});
