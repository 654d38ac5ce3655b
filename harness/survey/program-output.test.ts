import { beforeEach, expect, test, vi } from 'vitest';
import type { PromiseSettings } from '../options/settings.js';
import type { OutputStream } from '../recording/events.js';
import type { Instance } from '../target/instance.js';
import { ProgramOutput } from './program-output.js';

/** A clock that only these tests move. */
const clock = vi.hoisted(() => ({ ms: 0 }));
vi.mock('../clock.js', () => ({ nowMs: () => clock.ms }));
beforeEach(() => {
  clock.ms = 0;
});

/** A program that prints what the test says, when it says so. */
function program(promise: Pick<PromiseSettings, 'item' | 'handles'> = {}) {
  const watchers: ((text: string, stream: OutputStream) => void)[] = [];
  const instance = {
    output: { watch: (watcher: (typeof watchers)[number]) => watchers.push(watcher) },
  } as unknown as Instance;
  const output = new ProgramOutput(instance, promise);
  const prints = (atMs: number, text: string, stream: OutputStream = 'stdout'): void => {
    clock.ms = atMs;
    for (const watcher of watchers) watcher(text, stream);
  };
  return { output, prints };
}

test('a new line is one that is none of the usual ones, numbers aside, and came since then', () => {
  const { output, prints } = program();
  prints(10, 'item 1\nitem 12\n');
  prints(20, 'unfinished');
  const usual = output.usualLines(100);
  expect(usual).toEqual(['item #']);
  prints(100, '\nitem 13\n');
  prints(150, 'cleaning\n', 'stderr');
  prints(160, 'clean\n');
  // The unfinished line came before the signal, but was ended after it.
  expect(output.newLineMs(100, usual)).toBe(100);
  expect(output.newLineMs(101, usual)).toBe(150);
  expect(output.newLineMs(161, usual)).toBeUndefined();
  // What came at the time of the signal is not what came before it.
  expect(output.usualLines(150)).not.toContain('cleaning');
});

test('it prints on where more comes 300 ms after its last news; then its longest pause counts from the first', () => {
  const { output, prints } = program();
  prints(10, 'a');
  expect(output.facts(0)).toMatchObject({ prints: true, printsEveryMs: undefined });
  prints(300, 'last words of the start');
  expect(output.facts(0)).toMatchObject({ printsEveryMs: undefined });
  prints(301, 'more');
  expect(output.facts(0)).toMatchObject({ printsEveryMs: 290 });
  prints(901, 'more');
  prints(1000, 'more');
  expect(output.facts(0)).toMatchObject({ printsEveryMs: 600 });
  expect(output.facts(700)).toMatchObject({ printsEveryMs: undefined });
});

test('standard error is no output that its reader could close or hold', () => {
  const { output, prints } = program();
  prints(500, 'ä\n', 'stderr');
  expect(output.facts(0)).toMatchObject({ prints: false, printsEveryMs: undefined });
  expect(output.stdoutBytes).toBe(0);
  expect(output.printedSince(0)).toBe(false);
  prints(501, 'ä\n');
  expect(output.stdoutBytes).toBe(3);
  expect([output.printedSince(500), output.printedSince(501)]).toEqual([true, false]);
});

test('an item takes as long as the longest time between two of its lines, however these are cut', () => {
  const { output, prints } = program({ item: /^done/ });
  prints(100, 'do');
  prints(200, 'ne 1\n');
  expect(output.items).toBe(1);
  expect(output.facts(0).itemEveryMs).toBeUndefined();
  prints(250, 'not done\n');
  prints(500, 'done 2\r\n');
  prints(600, 'done 3\n', 'stderr');
  expect(output.items).toBe(3);
  expect(output.facts(0).itemEveryMs).toBe(300);
});

test('an answer that comes twice without its signal proves nothing, and once may be chance', () => {
  const { output, prints } = program({
    handles: [
      { signal: 'SIGUSR1', line: 'reloaded' },
      { signal: 'SIGUSR2', line: 'status' },
      { signal: 'SIGALRM', exit: 0 },
    ],
  });
  prints(1, 'status\nreloaded\n');
  expect(output.facts(0).unasked).toEqual([]);
  prints(2, 'reloaded\n');
  expect(output.facts(0).unasked).toEqual(['SIGUSR1']);
});

test('the stream that spoke first; both at once is standard output', () => {
  const { output } = program();
  const first = (firstMs: { stdout?: number; stderr?: number }) =>
    output.firstStream({ output: { firstMs } } as Instance);
  expect([first({ stdout: 2, stderr: 1 }), first({ stdout: 1, stderr: 1 })]).toEqual(['stderr', 'stdout']);
  expect([first({ stdout: 5 }), first({ stderr: 5 }), first({})]).toEqual(['stdout', 'stderr', undefined]);
});

test('a flood is surveyed too: of its lines the last thousand are remembered', () => {
  const { output, prints } = program({ item: /y/ });
  prints(1, 'first\n');
  for (let piece = 0; piece < 200_000; piece += 1) prints(2 + piece, piece % 200 === 0 ? 'y\n' : '.');
  expect(output.facts(0)).toMatchObject({ printsEveryMs: 1, itemEveryMs: 200 });
  expect(output.usualLines(1e9)).not.toContain('first');
});
