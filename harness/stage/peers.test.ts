import { expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import type { EventOf, PeerEvent } from '../recording/events.js';
import { MomentMissed } from './moment-missed.js';
import { Peers } from './peers.js';

const accepted = (connection: string, atMs: number): PeerEvent => ({
  type: 'accepted',
  connection,
  process: 0,
  atMs,
});
const asks = (connection: string, atMs: number): PeerEvent => ({
  type: 'client-request',
  connection,
  exchange: 1,
  bytes: 6,
  atMs,
});
const sent = (connection: string, what: EventOf<'sent'>['what'], atMs: number): PeerEvent => ({
  type: 'sent',
  connection,
  what,
  bytes: 6,
  beforeMs: atMs,
  atMs: atMs + 5,
});
const leaves = (type: 'client-left' | 'server-left', connection: string): PeerEvent => {
  const left = { connection, how: 'fin', atMs: 99 } as const;
  return type === 'client-left' ? { type, ...left } : { type, ...left, beforeMs: 99 };
};

function seen(...events: Parameters<Peers['see']>[0][]): Peers {
  const peers = new Peers();
  for (const event of events) peers.see(event);
  return peers;
}

test('a connection has the port that was said before it was accepted', () => {
  const peers = seen(
    { fact: 'peer', connection: 'c-2', clientPort: 4002 },
    accepted('c-1', 1),
    accepted('c-2', 2),
  );
  expect(peers.all.map(({ id, clientPort }) => [id, clientPort])).toEqual([
    ['c-1', 0],
    ['c-2', 4002],
  ]);
});

test('open ends with either side; told and open are those that were sent any of the notice', () => {
  const peers = seen(accepted('c-1', 1), accepted('c-2', 1), accepted('c-3', 1), accepted('c-4', 1));
  peers.see(sent('c-1', 'reply', 2));
  peers.see(sent('c-2', 'notice-part', 2));
  peers.see(sent('c-3', 'reply-and-notice', 2));
  peers.see(sent('c-4', 'notice', 2));
  const open = () => [peers.open, peers.toldOpen].map((each) => each.map(({ id }) => id));
  expect(open()).toEqual([
    ['c-1', 'c-2', 'c-3', 'c-4'],
    ['c-2', 'c-3', 'c-4'],
  ]);
  peers.see(leaves('client-left', 'c-3'));
  peers.see(leaves('server-left', 'c-4'));
  expect(open()).toEqual([['c-1', 'c-2'], ['c-2']]);
});

test('requests and replies are counted over all connections; a notice is no reply', () => {
  const peers = seen(accepted('c-1', 1), accepted('c-2', 1));
  expect(peers.lastRequestMs).toBeUndefined();
  for (const what of ['reply', 'notice', 'reply-and-notice', 'notice-part'] as const)
    peers.see(sent('c-1', what, 5));
  peers.see(asks('c-1', 30));
  peers.see(asks('c-2', 20));
  peers.see(asks('c-9', 40));
  expect([peers.requests, peers.replies, peers.lastRequestMs]).toEqual([2, 2, 30]);
});

test('a pause is from a reply to the next request: not from the connection, nor between two requests', () => {
  const peers = seen(accepted('c-1', 0), sent('c-1', 'notice', 100), asks('c-1', 500));
  expect(peers.longestPauseMs).toBe(0);
  peers.see(sent('c-1', 'reply', 510));
  peers.see(asks('c-1', 610));
  // Before its reply came.
  peers.see(asks('c-1', 900));
  peers.see(sent('c-1', 'reply', 910));
  peers.see(asks('c-1', 950));
  expect(peers.longestPauseMs).toBe(100);
});

test('who waits is woken by a fact, by a wake, and at the end of the time', async () => {
  const peers = new Peers();
  const soon = nowMs() + 60_000;
  const connected = peers.until(() => peers.all.length > 0, soon);
  peers.see(accepted('c-1', 1));
  expect(await connected).toBe(true);

  let isGone = false;
  const gone = peers.until(() => isGone, soon);
  isGone = true;
  peers.wake();
  expect(await gone).toBe(true);

  const sinceMs = nowMs();
  expect(await peers.until(() => false, sinceMs + 30)).toBe(false);
  expect(nowMs() - sinceMs).toBeGreaterThanOrEqual(29);
  // It holds when the time is over, although nobody said so.
  let isLate = false;
  const late = peers.until(() => isLate, nowMs() + 30);
  isLate = true;
  expect(await late).toBe(true);
});

test('what was too much is said', () => {
  expect(seen({ fact: 'too-much', sentence: 'more than that' }).tooMuch).toBe('more than that');
});

test('when everything is interrupted nobody waits on', async () => {
  const interruption = new AbortController();
  const peers = new Peers(interruption.signal);
  const waiting = peers.until(() => false, nowMs() + 60_000);
  interruption.abort();
  peers.wake();
  await expect(waiting).rejects.toThrow(MomentMissed);
  await expect(peers.until(() => true, nowMs() + 60_000)).rejects.toThrow(MomentMissed);
});
