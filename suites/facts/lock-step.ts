import type { PeerView, Telling } from './peers.js';

/** A client that pauses no longer than this between two requests, and is silent for longer, waits for something. */
const shortestSilenceMs = 250;

/**
 * Whether the client was seen to wait for a reply when it was told: its last request was unanswered, and it had been
 * silent for longer than it ever was between a reply and its next request. What it sends then, it sends because of what
 * it has read.
 */
export function waitedForReply({ peer, first }: Telling): boolean {
  const before = peer.requests.filter(({ event }) => event.atMs <= first.event.beforeMs);
  const last = before.at(-1);
  if (!last) return false;
  const isAnswered = peer.sent.some(
    ({ event }) => event.beforeMs >= last.event.atMs && event.atMs < first.event.beforeMs,
  );
  const silentMs = first.event.beforeMs - last.event.atMs;
  return (
    !isAnswered && silentMs >= Math.max(shortestSilenceMs, 1.5 * longestPauseMs(peer, first.event.beforeMs))
  );
}

/** The longest time from a reply to the next request, up to a time. */
export function longestPauseMs({ requests, sent }: PeerView, untilMs: number): number {
  return requests.reduce((longest, { event }) => {
    if (event.atMs > untilMs) return longest;
    const replied = sent.filter(({ event: { atMs } }) => atMs <= event.atMs).at(-1);
    return replied ? Math.max(longest, event.atMs - replied.event.atMs) : longest;
  }, 0);
}
