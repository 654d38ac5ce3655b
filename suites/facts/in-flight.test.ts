import { expect, test } from 'vitest';
import { recordingOf, type Written } from '../testing/recording-builder.js';
import { clients } from './clients.js';
import { isInAcceptQueue, isQueuedWhileFrozen } from './in-flight.js';

const client = 'load-1';
const frozen: Written = { type: 'frozen', pids: [10], atMs: 100 };
const connected: Written = { type: 'connected', client, role: 'load', localPort: 1, atMs: 110 };
const request: Written = { type: 'request', client, exchange: 1, bytes: 5, part: 'whole', atMs: 111 };
const queued = (atMs: number): Written => ({ type: 'request-queued', client, exchange: 1, atMs });
const stop = (atMs: number): Written => ({ type: 'signal', signal: 'SIGTERM', pid: 10, atMs });
const thawed: Written = { type: 'thawed', atMs: 130 };

function first(...events: Written[]) {
  const recording = recordingOf(events);
  const [view] = clients(recording);
  if (view === undefined) throw new Error('nobody connected');
  return { recording, view };
}

test('a connection of the freeze in which the stop came was in the accept queue', () => {
  const { recording, view } = first(frozen, connected, stop(120), thawed);
  expect(isInAcceptQueue(recording, view)).toBe(true);
});

test('a connection of an earlier freeze was not: the server has run since', () => {
  const { recording, view } = first(frozen, connected, thawed, stop(1000));
  expect(isInAcceptQueue(recording, view)).toBe(false);
});

test('a connection that was made with the tree running was not', () => {
  const { recording, view } = first({ ...connected, atMs: 50 }, frozen, stop(120), thawed);
  expect(isInAcceptQueue(recording, view)).toBe(false);
});

test('a request is queued while frozen only between the freeze and the thaw', () => {
  for (const [atMs, expected] of [
    [115, true],
    [140, false],
  ] as const) {
    const { recording, view } = first(frozen, connected, request, queued(atMs), thawed);
    const [exchange] = view.exchanges;
    expect(exchange && isQueuedWhileFrozen(recording, exchange)).toBe(expected);
  }
});
