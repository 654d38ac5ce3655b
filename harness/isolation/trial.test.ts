import { expect, test } from 'vitest';
import { seenIn } from './trial.js';

const at = { atMs: 1 };

test('replies are told by what became of each request, and those to canaries are left out', () => {
  const { replies } = seenIn([
    { type: 'reply', client: 'canary-1', exchange: 1, bytes: 6, status: 200, ...at },
    { type: 'reply', client: 'idle-1', exchange: 1, bytes: 6, status: 200, ...at },
    { type: 'reply', client: 'idle-1', exchange: 2, bytes: 6, ...at },
    { type: 'no-reply', client: 'slow-1', exchange: 1, waitedMs: 5, ...at },
  ]);
  expect(replies).toEqual(['status 200', 'a reply', 'no reply']);
});

test('lines are put together from the pieces of each stream', () => {
  const piece = (stream: 'stdout' | 'stderr', text: string) =>
    ({ type: 'output', instance: 0, stream, text, ...at }) as const;
  const { lines } = seenIn([
    piece('stdout', 'list'),
    piece('stderr', 'a warning\n'),
    piece('stdout', 'ening\n\n'),
  ]);
  expect(lines).toEqual(['listening', 'a warning']);
});
