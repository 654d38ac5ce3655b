import { describe, expect, it } from 'vitest';
import type { ClientRole } from '../../../harness/recording/events.js';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { repliesAreNotTruncated } from './no-truncation.js';

const client = 'busy-1';
const connected = (role: ClientRole = 'busy'): Written => ({
  type: 'connected',
  client,
  role,
  localPort: 4000,
  atMs: 100,
});
const request = (exchange: number, atMs: number): Written => ({
  type: 'request',
  client,
  exchange,
  bytes: 9,
  part: 'whole',
  atMs,
});
const reply: Written = { type: 'reply', client, exchange: 1, bytes: 900, atMs: 510 };
const truncated = (atMs: number, expectedBytes: number | null = 900): Written => ({
  type: 'reply-truncated',
  client,
  exchange: 2,
  receivedBytes: 400,
  expectedBytes,
  atMs,
});
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const fin = (atMs: number): Written => ({ type: 'fin', client, atMs });
const start = [connected(), request(1, 500), reply, request(2, 950)];
const verdict = (events: Written[], given: Given = {}) =>
  verdictOf(repliesAreNotTruncated, recordingOf(events, given));

describe('drain.no-truncation', () => {
  it('passes when all replies that came are whole', () => {
    expect(verdict([...start, stop, fin(1010)])).toMatchObject({
      outcome: 'pass',
      message: 'All replies were whole (1 of 1).',
      evidence: [2],
    });
  });

  it('fails when a body is shorter than announced', () => {
    expect(verdict([...start, stop, truncated(1010), fin(1011)])).toMatchObject({
      outcome: 'fail',
      message: 'The reply to request 2 of busy-1 ended after 400 of 900 bytes, 10 ms after SIGTERM.',
      observed: '400 of 900 bytes',
      evidence: [4, 5, 6],
    });
  });

  it('fails when a chunked body lacks its end', () => {
    expect(verdict([...start, stop, truncated(1010, null), fin(1011)])).toMatchObject({
      outcome: 'fail',
      observed: '400 bytes of a reply whose end never came',
    });
  });

  it('fails before the stop as well, and without one', () => {
    const before = verdict([...start, truncated(960), fin(961), stop]);
    expect(before.outcome).toBe('fail');
    expect(before.message).toContain('before any stop signal');
    expect(verdict([...start, truncated(960), fin(961)]).outcome).toBe('fail');
    expect(repliesAreNotTruncated.needsStop).toBe(false);
  });

  it('is untested when the reply may have been cut off at the deadline', () => {
    const lag: Written = { type: 'lag', who: 'fleet', lagMs: 100, atMs: 2755 };
    expect(verdict([...start, stop, lag, truncated(2760), fin(2761)])).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });

  it('permits it at the deadline, after a second signal, after the harness, and where the client left', () => {
    const again: Written = { ...stop, atMs: 1005 };
    const ended: Written = { type: 'ended-by-harness', reason: 'late', pids: [10], atMs: 1005 };
    const left: Written = { type: 'left', client, how: 'rst', atMs: 1005 };
    for (const events of [
      [truncated(2900)],
      [again, truncated(1010)],
      [ended, truncated(1010)],
      [left, truncated(1010)],
    ]) {
      expect(verdict([...start, stop, ...events]).outcome).toBe('pass');
    }
  });

  it('leaves a reply that is broken by the notice to notice.framed', () => {
    const told = (framed: boolean): Written => ({ type: 'told', client, framed, atMs: 1011 });
    expect(verdict([...start, stop, truncated(1010), told(false)]).outcome).toBe('pass');
    expect(verdict([...start, stop, truncated(1010), told(true)]).outcome).toBe('fail');
  });

  it('does not apply to stuck and vanishing clients, after SIGKILL, or where there are no replies', () => {
    const cut = [request(2, 950), stop, truncated(1010)];
    for (const role of ['stuck', 'vanishing'] as const) {
      expect(verdict([connected(role), ...cut]).outcome).toBe('not-applicable');
    }
    const kill: Written = { type: 'signal', signal: 'SIGKILL', pid: 10, atMs: 1000 };
    expect(verdict([connected(), request(2, 950), kill, truncated(1001)]).outcome).toBe('not-applicable');
    expect(verdict([connected(), stop]).outcome).toBe('not-applicable');
    expect(verdict([connected(), ...cut], { contract: { protocol: 'tcp' } }).outcome).toBe('not-applicable');
  });
});
