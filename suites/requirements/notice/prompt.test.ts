import { describe, expect, it } from 'vitest';
import type { ClientRole } from '../../../harness/recording/events.js';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { noticeIsPrompt } from './prompt.js';

const client = 'c-1';
const connected = (role: ClientRole = 'idle'): Written => ({
  type: 'connected',
  client,
  role,
  localPort: 4000,
  atMs: 100,
});
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const told = (atMs: number): Written => ({ type: 'told', client, framed: true, atMs });
const paused: Written = { type: 'paused', client, atMs: 200 };

describe('notice.prompt', () => {
  it('passes within a second', () => {
    const verdict = verdictOf(noticeIsPrompt, recordingOf([connected(), stop, told(1900)]));
    expect(verdict).toMatchObject({ outcome: 'pass', evidence: [2] });
  });

  it('fails after a second', () => {
    const verdict = verdictOf(noticeIsPrompt, recordingOf([connected(), stop, told(2500)]));
    expect(verdict).toMatchObject({
      outcome: 'fail',
      observed: 'told 1.5 s after SIGTERM',
      evidence: [1, 2],
    });
    expect(verdict.message).toBe('c-1 (idle) was told only 1.5 s after SIGTERM.');
  });

  it('fails when the notice waits for the client to speak, and says so', () => {
    const request: Written = { type: 'request', client, exchange: 7, bytes: 9, part: 'whole', atMs: 2400 };
    const verdict = verdictOf(noticeIsPrompt, recordingOf([connected('patient'), stop, request, told(2401)]));
    expect(verdict).toMatchObject({ outcome: 'fail', evidence: [1, 2, 3] });
    expect(verdict.message).toContain(', after its request 7.');
  });

  it('counts from the thaw of a tree that was frozen at the signal', () => {
    const frozen: Written = { type: 'frozen', pids: [10], atMs: 900 };
    const thawed: Written = { type: 'thawed', atMs: 2000 };
    const recording = recordingOf([connected(), frozen, stop, thawed, told(2500)]);
    expect(verdictOf(noticeIsPrompt, recording).outcome).toBe('pass');
  });

  it('is untested when a delayed client fleet leaves it open', () => {
    const lag: Written = { type: 'lag', who: 'fleet', lagMs: 100, atMs: 2050 };
    expect(verdictOf(noticeIsPrompt, recordingOf([connected(), stop, lag, told(2055)]))).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });

  it('does not apply to clients that were not told, or did not read', () => {
    for (const events of [
      [connected(), stop],
      [connected('stuck'), stop, told(2900)],
      [connected(), paused, stop, told(2900)],
    ]) {
      expect(verdictOf(noticeIsPrompt, recordingOf(events)).outcome).toBe('not-applicable');
    }
  });

  it('does not apply where no notice is declared', () => {
    const recording = recordingOf([connected(), stop, told(2900)], { contract: { notice: undefined } });
    expect(verdictOf(noticeIsPrompt, recording).outcome).toBe('not-applicable');
  });

  it('takes a second as the bound, with the error bar on its far side only', () => {
    const outcome = (atMs: number) =>
      verdictOf(noticeIsPrompt, recordingOf([connected(), stop, told(atMs)])).outcome;
    expect([2000, 2001, 2015, 2016].map(outcome)).toEqual(['pass', 'untested', 'untested', 'fail']);
  });

  it('judges a client that stopped reading only after it was told', () => {
    const later: Written = { ...paused, atMs: 2600 } as Written;
    expect(verdictOf(noticeIsPrompt, recordingOf([connected(), stop, told(2500), later])).outcome).toBe(
      'fail',
    );
  });

  it('names no request that was sent before the stop, or after the notice', () => {
    const request = (exchange: number, atMs: number): Written => ({
      type: 'request',
      client,
      exchange,
      bytes: 9,
      part: 'whole',
      atMs,
    });
    const events = [connected('patient'), request(1, 500), stop, told(2401), request(2, 2500)];
    expect(verdictOf(noticeIsPrompt, recordingOf(events)).message).toBe(
      'c-1 (patient) was told only 1.4 s after SIGTERM.',
    );
  });
});
