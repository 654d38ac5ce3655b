import { describe, expect, it } from 'vitest';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { noticeIsFramed } from './framed.js';

const client = 'busy-1';
const connected: Written = { type: 'connected', client, role: 'busy', localPort: 4000, atMs: 100 };
const request: Written = { type: 'request', client, exchange: 1, bytes: 9, part: 'whole', atMs: 990 };
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const told = (atMs: number, framed = true): Written => ({ type: 'told', client, framed, atMs });
const truncated = (atMs: number): Written => ({
  type: 'reply-truncated',
  client,
  exchange: 1,
  receivedBytes: 4,
  expectedBytes: 9,
  atMs,
});

describe('notice.framed', () => {
  it('passes when the notice follows a whole reply', () => {
    const reply: Written = { type: 'reply', client, exchange: 1, bytes: 9, atMs: 1005 };
    const events = [connected, request, stop, reply, told(1006)];
    expect(verdictOf(noticeIsFramed, recordingOf(events))).toMatchObject({ outcome: 'pass', evidence: [4] });
  });

  it('fails when the notice stands inside a reply', () => {
    const events = [connected, request, stop, told(1006, false)];
    expect(verdictOf(noticeIsFramed, recordingOf(events))).toMatchObject({
      outcome: 'fail',
      message: 'busy-1 read the notice inside a reply, 6 ms after SIGTERM.',
      observed: 'a notice inside a reply',
      evidence: [2, 3],
    });
  });

  it('fails when the reply before the notice is not complete', () => {
    const events = [connected, request, stop, truncated(1005), told(1006)];
    const verdict = verdictOf(noticeIsFramed, recordingOf(events));
    expect(verdict).toMatchObject({ outcome: 'fail', observed: 'a notice after an unfinished reply' });
    expect(verdict.message).toContain('4 of 9 bytes');
  });

  it('leaves a reply that is cut short after the notice to drain.no-truncation', () => {
    const events = [connected, request, stop, told(1005), truncated(1900)];
    expect(verdictOf(noticeIsFramed, recordingOf(events)).outcome).toBe('pass');
  });

  it('does not apply when nobody was told, or no notice is declared', () => {
    expect(verdictOf(noticeIsFramed, recordingOf([connected, stop])).outcome).toBe('not-applicable');
    const undeclared = recordingOf([connected, stop, told(1006, false)], { contract: { notice: undefined } });
    expect(verdictOf(noticeIsFramed, undeclared).outcome).toBe('not-applicable');
  });
});
