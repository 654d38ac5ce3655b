import { expect, test } from 'vitest';
import { MomentMissed } from '../../../harness/stage/moment-missed.js';
import type { Stage } from '../../../harness/stage/stage.js';
import { slowRequest } from './slow-request.js';

const sentMs = 5;

/** A stage whose server is caught with the request in its handler, or is not; and what was done on it. */
function stageOf(slowPath: string | undefined, isCaught: boolean, repliedMs = Number.POSITIVE_INFINITY) {
  const done: string[] = [];
  const slow = {
    request: async (_part: string, path?: string) => done.push(`request ${path}`),
    readByServer: async () => isCaught,
    leaveOnceAnswered: async () => {},
    repliedBefore: async (atMs: number) => repliedMs < atMs,
  };
  const stage = {
    clients: { connect: async () => slow },
    server: {
      send: (signal: string) => {
        done.push(signal);
        return sentMs;
      },
      exit: async () => true,
    },
    contract: { deadlineMs: 1000 },
    signal: 'SIGTERM',
    slowPath,
    moment: (words: string) => done.push(words),
  };
  return { stage: stage as unknown as Stage, done };
}

test('the signal comes while the request is in the handler', async () => {
  const { stage, done } = stageOf('/slow', true);
  await slowRequest.play(stage);
  expect(done).toEqual(['request /slow', 'the request is in the handler', 'SIGTERM']);
});

test('a page that nobody called slow may be too quick: the signal is sent all the same', async () => {
  const { stage, done } = stageOf(undefined, false);
  await slowRequest.play(stage);
  expect(done.slice(1)).toEqual([
    'the reply came before the request could be caught in the handler',
    'SIGTERM',
  ]);
  await expect(slowRequest.play(stageOf(undefined, true, 0).stage)).resolves.toBeUndefined();
});

test('so is one whose reply was there before the signal was', async () => {
  const { stage, done } = stageOf('/slow', true, 0);
  await expect(slowRequest.play(stage)).rejects.toThrow(
    'the request is in the handler: the reply came with the signal, although --slow-path names /slow',
  );
  expect(done).toContain('SIGTERM');
});

test('a declared slow path that was not seen to be slow is a missed moment', async () => {
  const { stage, done } = stageOf('/slow', false);
  const error = await slowRequest.play(stage).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MomentMissed);
  expect((error as MomentMissed).message).toBe(
    'the request is in the handler: the reply came before the request could be caught in the handler, although --slow-path names /slow',
  );
  expect(done).toEqual(['request /slow']);
});
