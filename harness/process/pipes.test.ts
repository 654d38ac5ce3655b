import { writeSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fillPipe, type Pipe, takePipe } from './pipes.js';

async function pipe(): Promise<Pipe> {
  const taken = await takePipe();
  if (taken === undefined) throw new Error('no pipe');
  return taken;
}

const onLinux = test.runIf(process.platform === 'linux');

onLinux('a pipe is filled to the brim, and holds what pipe(7) says', async () => {
  const full = await pipe();
  expect(fillPipe(full)).toBe(65_536);
  expect(fillPipe(full)).toBe(0);
  full.closeReader();
  full.closeWriter();
});

onLinux('what is read from it makes room again', async () => {
  const full = await pipe();
  const filled = fillPipe(full);
  let read = 0;
  full.reader.on('data', (chunk: Buffer) => {
    read += chunk.length;
  });
  await expect.poll(() => read).toBe(filled);
  expect(writeSync(full.writer, 'more')).toBe(4);
  full.closeReader();
  full.closeWriter();
});

onLinux('a reading end that is closed is closed at once, whether it was read or not', async () => {
  for (const isRead of [false, true]) {
    const closed = await pipe();
    if (isRead) closed.reader.resume();
    closed.closeReader();
    expect(() => writeSync(closed.writer, 'x')).toThrow(/EPIPE/);
    closed.closeReader();
    closed.closeWriter();
  }
});
