import { describe, expect, it } from 'vitest';
import type { ClientRole } from '../../../harness/recording/events.js';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { connectionsCloseCleanly } from './clean-close.js';

const client = 'c-1';
const connected = (role: ClientRole = 'idle'): Written => ({
  type: 'connected',
  client,
  role,
  localPort: 4000,
  atMs: 100,
});
const request: Written = { type: 'request', client, exchange: 1, bytes: 9, part: 'whole', atMs: 500 };
const reply: Written = { type: 'reply', client, exchange: 1, bytes: 9, atMs: 510 };
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const fin = (atMs: number): Written => ({ type: 'fin', client, atMs });
const rst = (atMs: number): Written => ({ type: 'rst', client, code: 'ECONNRESET', atMs });

describe('notice.clean-close', () => {
  it('passes with FIN', () => {
    const events = [connected(), request, reply, stop, fin(1010)];
    expect(verdictOf(connectionsCloseCleanly, recordingOf(events))).toMatchObject({
      outcome: 'pass',
      evidence: [4],
    });
  });

  it('fails when a connection that owes no reply is reset', () => {
    const events = [connected(), request, reply, stop, rst(1010)];
    expect(verdictOf(connectionsCloseCleanly, recordingOf(events))).toMatchObject({
      outcome: 'fail',
      message:
        'The connection of c-1 (idle), which owed it no reply, was reset (ECONNRESET) 10 ms after SIGTERM.',
      evidence: [3, 4],
    });
  });

  it('blames a reset of a real client that was between two messages, and makes nothing of a FIN', () => {
    const judge = (end: Written) =>
      verdictOf(connectionsCloseCleanly, recordingOf([connected('relayed'), request, reply, stop, end]))
        .outcome;
    expect([judge(fin(1010)), judge(rst(1010))]).toEqual(['not-applicable', 'fail']);
  });

  it('is untested when the reset may have come at the deadline', () => {
    const lag: Written = { type: 'lag', who: 'fleet', lagMs: 100, atMs: 2755 };
    expect(
      verdictOf(connectionsCloseCleanly, recordingOf([connected(), stop, lag, rst(2760)])),
    ).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });

  it('leaves open requests, special clients and what the deadline or a second signal ends to others', () => {
    const again: Written = { ...stop, atMs: 1005 };
    const ended: Written = { type: 'ended-by-harness', reason: 'late', pids: [10], atMs: 1005 };
    const left: Written = { type: 'left', client, how: 'fin', atMs: 1005 };
    for (const events of [
      [connected('busy'), request, stop, rst(1010)],
      [connected('partial'), stop, rst(1010)],
      [connected('stuck'), stop, rst(1010)],
      [connected('vanishing'), stop, rst(1010)],
      [connected(), stop, rst(2900)],
      [connected(), stop, again, rst(1010)],
      [connected(), stop, ended, rst(1010)],
      [connected(), stop, left, rst(1010)],
      [connected(), stop],
    ]) {
      expect(verdictOf(connectionsCloseCleanly, recordingOf(events)).outcome).toBe('not-applicable');
    }
  });

  it('does not apply without a stop signal', () => {
    const recording = recordingOf([connected(), rst(1010)]);
    expect(verdictOf(connectionsCloseCleanly, recording).outcome).toBe('not-applicable');
  });
});
