import { expect, test } from 'vitest';
import { programRecordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { programBackground } from './background.js';

const begin: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'ready', atMs: 50 },
  { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 100 },
];
const exit = (atMs: number, code = 0): Written[] => [
  { type: 'exit', pid: 7, code, signal: null, atMs },
  { type: 'gone', atMs },
];
const run = (scenario: string, events: readonly Written[]) =>
  programRecordingOf([...begin, ...events], { run: { scenario } });
const ended: Written = { type: 'ended-by-harness', reason: '', pids: [7], atMs: 3850 };

const judge = (events: readonly Written[], plain = run('working', exit(300))) => {
  const recording = run('background', events);
  return verdictOf(programBackground, recording, [plain, recording]);
};

test('a program that stops as it does in the foreground passes', () => {
  expect(judge(exit(300)).outcome).toBe('pass');
});

test('a program that does not stop fails, and so does one that ends otherwise', () => {
  expect(judge([ended])).toMatchObject({
    outcome: 'fail',
    message: expect.stringContaining('Started with SIGINT ignored: The program did not stop') as string,
  });
  expect(judge(exit(300, 3)).outcome).toBe('fail');
});

test('an error bar that straddles the deadline is no verdict', () => {
  expect(judge(exit(2355))).toMatchObject({ outcome: 'untested', straddles: true });
});

test('it does not apply where the program does not stop in the foreground either, nor to other runs', () => {
  expect(judge([ended], run('working', [ended])).outcome).toBe('not-applicable');
  expect(verdictOf(programBackground, run('working', exit(300))).outcome).toBe('not-applicable');
});
