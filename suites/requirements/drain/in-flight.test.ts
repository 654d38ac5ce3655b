import { describe, expect, it } from 'vitest';
import type { ClientRole } from '../../../harness/recording/events.js';
import { judgeOne } from '../../judge.js';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { requestsInFlightAreAnswered } from './in-flight.js';

const client = 'slow-1';
const of = { client, exchange: 1 };
const connected = (role: ClientRole = 'slow'): Written => ({
  type: 'connected',
  client,
  role,
  localPort: 4000,
  atMs: 100,
});
const request: Written = { type: 'request', ...of, bytes: 9, part: 'whole', atMs: 900 };
const read = (atMs = 910): Written => ({ type: 'request-read', ...of, atMs });
const started: Written = { type: 'reply-started', ...of, atMs: 950 };
const reply = (atMs: number): Written => ({ type: 'reply', ...of, bytes: 9, atMs });
const truncated: Written = { type: 'reply-truncated', ...of, receivedBytes: 4, expectedBytes: 9, atMs: 1100 };
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const fin = (atMs: number): Written => ({ type: 'fin', client, atMs });
const verdict = (...events: Written[]) => verdictOf(requestsInFlightAreAnswered, recordingOf(events));

describe('drain.in-flight', () => {
  it('passes when the request is answered', () => {
    expect(verdict(connected(), request, read(), stop, reply(1500), fin(1501))).toMatchObject({
      outcome: 'pass',
      evidence: [2, 4],
    });
  });

  it('fails when the connection ends without a reply', () => {
    expect(verdict(connected(), request, read(), stop, fin(1010))).toMatchObject({
      outcome: 'fail',
      message:
        'slow-1 had request 1 in flight and got no reply: its connection ended with FIN 10 ms after SIGTERM.',
      observed: 'no reply',
      evidence: [2, 3, 4],
    });
  });

  it('fails when a reply that had begun is cut short', () => {
    const judgement = verdict(connected(), request, started, stop, truncated, fin(1101));
    expect(judgement).toMatchObject({ outcome: 'fail', observed: '4 of 9 bytes', evidence: [2, 3, 4, 5] });
    expect(judgement.message).toContain('got only 4 of 9 bytes of its reply');
  });

  it('fails when the whole server is gone and the client has seen nothing', () => {
    const judgement = verdict(connected(), request, read(), stop, { type: 'gone', atMs: 1200 });
    expect(judgement.outcome).toBe('fail');
    expect(judgement.message).toContain('the server was gone 200 ms after SIGTERM');
  });

  it('is untested when the cut-off may have come at the deadline', () => {
    const lag: Written = { type: 'lag', who: 'fleet', lagMs: 100, atMs: 2755 };
    expect(verdict(connected(), request, read(), stop, lag, fin(2760))).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });

  it('does not apply when the deadline, a second signal, the harness or the client ended it', () => {
    const again: Written = { ...stop, atMs: 1005 };
    const ended: Written = { type: 'ended-by-harness', reason: 'late', pids: [10], atMs: 1005 };
    const left: Written = { type: 'left', client, how: 'fin', atMs: 1005 };
    for (const end of [[fin(2900)], [again, fin(1010)], [ended, fin(1010)], [left]]) {
      const judgement = verdict(connected(), request, read(), stop, ...end);
      expect(judgement.outcome).toBe('not-applicable');
      expect(judgement.message).not.toContain('--slow-path');
    }
  });

  const unproven: readonly Written[][] = [
    [connected(), request, stop, fin(1010)],
    [connected(), request, read(1001), stop, fin(1010)],
    [connected(), request, read(), reply(950), stop, fin(1010)],
    [connected('stuck'), request, read(), stop, fin(1010)],
    [connected('partial'), { ...request, part: 'half-line' } as Written, read(), stop, fin(1010)],
  ];

  it('does not apply when no request was proven in flight', () => {
    for (const events of unproven) {
      expect(verdict(...events)).toEqual({
        outcome: 'not-applicable',
        message: 'no request was in flight when the stop signal came',
      });
    }
  });

  it('says how to have one in the run that was to have one, where there is a way', () => {
    const run = { scenario: 'slow-request' };
    for (const events of unproven) {
      const http = recordingOf(events, { run, contract: { protocol: 'http' } });
      expect(verdictOf(requestsInFlightAreAnswered, http)).toMatchObject({
        outcome: 'not-applicable',
        message: expect.stringMatching(/too quickly.*--slow-path/),
      });
      const echo = verdictOf(requestsInFlightAreAnswered, recordingOf(events, { run }));
      expect(echo.message).toMatch(/too quickly/);
      expect(echo.message).not.toContain('--slow-path');
    }
  });

  it('is untested where the declared slow path was not seen to be slow', () => {
    const missed: Written = {
      type: 'missed',
      moment: 'the request is in the handler',
      reason: 'r',
      atMs: 920,
    };
    const recording = recordingOf([connected(), request, reply(915), missed], {
      run: { scenario: 'slow-request' },
      contract: { protocol: 'http' },
    });
    expect(judgeOne(requestsInFlightAreAnswered, recording, [recording])).toMatchObject({
      outcome: 'untested',
      message: '“the request is in the handler” did not happen: r',
    });
  });
});
