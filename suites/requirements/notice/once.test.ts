import { describe, expect, it } from 'vitest';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { noticeComesOnce } from './once.js';

const connected = (client: string): Written => ({
  type: 'connected',
  client,
  role: 'idle',
  localPort: 4000,
  atMs: 100,
});
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const told = (client: string, atMs: number): Written => ({ type: 'told', client, framed: true, atMs });

describe('notice.once', () => {
  it('passes with one notice on each connection', () => {
    const events = [connected('a-1'), connected('a-2'), stop, told('a-1', 1010), told('a-2', 1010)];
    expect(verdictOf(noticeComesOnce, recordingOf(events)).outcome).toBe('pass');
  });

  it('fails with two notices on one connection', () => {
    const events = [connected('a-1'), stop, told('a-1', 1010), told('a-1', 1060)];
    expect(verdictOf(noticeComesOnce, recordingOf(events))).toMatchObject({
      outcome: 'fail',
      message: 'a-1 was told 2 times: 10 ms after SIGTERM and 60 ms after SIGTERM.',
      observed: '2 notices to a-1',
      evidence: [1, 2, 3],
    });
  });

  it('does not apply when nobody was told, or no notice is declared', () => {
    expect(verdictOf(noticeComesOnce, recordingOf([connected('a-1'), stop])).outcome).toBe('not-applicable');
    const events = [connected('a-1'), stop, told('a-1', 1010), told('a-1', 1060)];
    const undeclared = recordingOf(events, { contract: { notice: undefined } });
    expect(verdictOf(noticeComesOnce, undeclared).outcome).toBe('not-applicable');
  });

  it('shows three of many notices', () => {
    const many = [1010, 1020, 1030, 1040].map((atMs) => told('a-1', atMs));
    expect(verdictOf(noticeComesOnce, recordingOf([connected('a-1'), stop, ...many]))).toMatchObject({
      observed: '4 notices to a-1',
      evidence: [1, 2, 3, 4],
    });
  });
});
