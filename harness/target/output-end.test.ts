import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import { outputEnds } from './output-end.js';

function listenTo(command: string) {
  const child = spawn('sh', ['-c', command], { stdio: ['pipe', 'pipe', 'inherit'] });
  const seen = { open: 1, text: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    seen.text += chunk.toString();
  });
  child.stdout.once('close', () => {
    seen.open = 0;
  });
  return {
    child,
    seen,
    ends: () =>
      outputEnds(
        () => seen.open,
        () => seen.text.length,
      ),
  };
}

function block(durationMs: number): void {
  const untilMs = nowMs() + durationMs;
  while (nowMs() < untilMs);
}

test('the last words are read although the event loop was blocked for longer than the wait', async () => {
  const { child, seen, ends } = listenTo('echo ready; read -r go; echo bye');
  await once(child.stdout, 'data');
  const ended = ends();
  setTimeout(() => {
    // The wait is under way, many turns were quiet, and the words come while nobody can read them.
    child.stdin.write('go\n');
    block(500);
  }, 60);
  expect(await ended).toBe(true);
  expect(seen.text).toBe('ready\nbye\n');
});

test('output that somebody else still holds is said to be held, and what was written is read', async () => {
  const { child, seen, ends } = listenTo('sleep 30 & echo $!');
  await once(child, 'exit');
  expect(await ends()).toBe(false);
  expect(seen.text).toMatch(/^\d+\n$/);
  process.kill(Number(seen.text), 'SIGKILL');
});
