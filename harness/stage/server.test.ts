import { afterEach, describe, expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import { Recorder } from '../recording/recorder.js';
import type { Surveyed } from '../survey/surveyed.js';
import { fakeSession } from '../target/fake-session.js';
import { MomentMissed } from './moment-missed.js';
import { Server } from './server.js';

let started: Server | undefined;
afterEach(() => started?.cleanUp());

/** A target that does nothing for so long, and ends. SIGURG does nothing to it: the first stop signal starts a clock. */
async function sleeping(seconds: number): Promise<Server> {
  const session = fakeSession('/bin/sleep', String(seconds));
  started = new Server({
    session,
    recorder: new Recorder(),
    runId: 'test',
    delivery: 'process',
    contract: { deadlineMs: 2000, toleranceMs: 250, stopSignals: ['SIGURG'] } as unknown as Contract,
    survey: {} as Surveyed,
    place: { port: 1, socket: undefined, pidFile: undefined },
    address: { host: '127.0.0.1', port: 1 },
    canaries: () => {
      throw new Error('nobody connects');
    },
  });
  await started.spawn();
  return started;
}

async function signalled(seconds: number): Promise<Server> {
  const server = await sleeping(seconds);
  server.send('SIGURG');
  return server;
}

/** What a busy machine does to the harness. */
function block(forMs: number): void {
  const untilMs = nowMs() + forMs;
  while (nowMs() < untilMs);
}

describe('aliveAt', () => {
  test('true while the target lives, however late it is looked at', async () => {
    const server = await signalled(60);
    const alive = server.aliveAt(50);
    block(300);
    expect(await alive).toBe(true);
  });

  test('false where it had ended before', async () => {
    const server = await signalled(0.1);
    expect(await server.aliveAt(1000)).toBe(false);
  });

  // The loop hears its timers before it hears of children: the target is a zombie when the timer fires.
  test('a moment missed where it ended while the harness was late', async () => {
    const server = await signalled(0.6);
    const alive = server.aliveAt(200);
    block(1200);
    const error = await alive.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MomentMissed);
    expect((error as MomentMissed).moment).toBe('the signal is sent again 200 ms after the first one');
    expect((error as MomentMissed).reason).toMatch(/^the harness was (1\.\d+|1) s late, and found/);
  });
});

describe('send', () => {
  const sentTo = (server: Server) => {
    try {
      return server.send('SIGURG');
    } catch (error) {
      return error;
    }
  };

  test('the first signal is a moment missed where the target has ended by itself', async () => {
    const server = await sleeping(0.05);
    await server.serves(5000);
    const error = sentTo(server);
    expect(error).toBeInstanceOf(MomentMissed);
    expect((error as MomentMissed).moment).toBe('SIGURG is sent');
    expect((error as MomentMissed).reason).toBe('the target had ended by itself before (status 0)');
  });

  // kill(2) succeeds for a zombie: an end that has not been heard of yet would look like an answer to the signal.
  test('and where it is a zombie whose end has not been heard of yet', async () => {
    const server = await sleeping(0.05);
    block(1000);
    const error = sentTo(server);
    expect(error).toBeInstanceOf(MomentMissed);
    expect((error as MomentMissed).reason).toBe('the target had ended by itself before');
  });

  test('a later one is none: the target may have ended by the first', async () => {
    const server = await signalled(0.05);
    await server.serves(5000);
    expect(sentTo(server)).toBeTypeOf('number');
  });
});
