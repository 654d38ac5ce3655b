import { expect, test } from 'vitest';
import type { System } from '../process/system.js';
import type { EventOf } from '../recording/events.js';
import { Recorder } from '../recording/recorder.js';
import { waitUntil } from '../wait-until.js';
import { fakeSession } from './fake-session.js';
import { Instance } from './instance.js';

test.runIf(process.platform === 'linux')(
  'what the target waited for a processor is told up to the end that the harness makes, and not beyond it',
  async () => {
    const session = fakeSession('/bin/sh', '-c', 'trap "" TERM; echo up; while :; do sleep 60; done');
    const system: System = Object.create(session.system);
    // One more thread that has waited 10 ms at each look.
    let looks = 0;
    system.processorWaitsMs = () => new Map([[`thread ${looks++}`, 10]]);
    const recorder = new Recorder();
    const all: { type: string }[] = [];
    const add = recorder.add.bind(recorder);
    recorder.add = (event) => {
      all.push(event);
      add(event);
    };
    const events = <T extends 'kept-waiting' | 'ended-by-harness'>(type: T) =>
      all.filter((event): event is EventOf<T> => event.type === type);
    const options = { session: { ...session, system }, recorder, runId: 'test', number: 0 };
    const instance = await Instance.start(options);
    let said = '';
    instance.output.watch((text) => {
      said += text;
    });
    expect(await waitUntil(() => said.includes('up'), { timeoutMs: 5000, intervalMs: 5 })).toBe(true);
    instance.send('SIGTERM');
    await instance.end('the test is over');
    const [ended] = events('ended-by-harness');
    const waits = events('kept-waiting');
    expect(waits.length).toBeGreaterThan(0);
    expect(Math.max(...waits.map(({ atMs }) => atMs))).toBeLessThanOrEqual(ended?.beforeMs ?? 0);
  },
);
