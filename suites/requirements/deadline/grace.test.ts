import { describe, expect, it } from 'vitest';
import type { ClientRole } from '../../../harness/recording/events.js';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { graceIsGiven } from './grace.js';

const client = 'c-1';
const connected = (role: ClientRole): Written => ({
  type: 'connected',
  client,
  role,
  localPort: 4000,
  atMs: 100,
});
const request: Written = { type: 'request', client, exchange: 1, bytes: 9, part: 'whole', atMs: 500 };
const read: Written = { type: 'request-read', client, exchange: 1, atMs: 510 };
const reply = (atMs: number): Written => ({ type: 'reply', client, exchange: 1, bytes: 9, atMs });
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const told = (atMs = 1010): Written => ({ type: 'told', client, framed: true, atMs });
const fin = (atMs: number): Written => ({ type: 'fin', client, atMs });
const rst = (atMs: number): Written => ({ type: 'rst', client, code: 'ECONNRESET', atMs });
const paused: Written = { type: 'paused', client, atMs: 450 };
const resumed = (atMs: number): Written => ({ type: 'resumed', client, atMs });
const end = (atMs: number): Written[] => [
  { type: 'exit', pid: 10, code: 0, signal: null, atMs },
  { type: 'gone', atMs },
];
const http = { contract: { protocol: 'http', notice: undefined } } as const;

describe('deadline.grace', () => {
  it('passes when a told client is kept until the deadline', () => {
    const events = [connected('idle'), stop, told(), fin(2800), ...end(2810)];
    expect(verdictOf(graceIsGiven, recordingOf(events)).outcome).toBe('pass');
  });

  it('passes when the told client closes first', () => {
    const left: Written = { type: 'left', client, how: 'fin', atMs: 1100 };
    const events = [connected('leaving'), stop, told(), left, ...end(1110)];
    expect(verdictOf(graceIsGiven, recordingOf(events)).outcome).toBe('pass');
  });

  it('fails when a told client is cut off early', () => {
    const events = [connected('idle'), stop, told(), fin(1020), ...end(1030)];
    const verdict = verdictOf(graceIsGiven, recordingOf(events));
    expect(verdict).toMatchObject({
      outcome: 'fail',
      observed: 'cut off 20 ms after SIGTERM',
      evidence: [1, 2, 3],
    });
    expect(verdict.message).toBe(
      'c-1 was told 10 ms after SIGTERM and was cut off 20 ms after SIGTERM (FIN).',
    );
  });

  it('fails when a told client is cut off although the request that it had in flight was answered', () => {
    const events = [connected('busy'), request, read, stop, reply(1005), told(), fin(1020), ...end(1030)];
    expect(verdictOf(graceIsGiven, recordingOf(events)).outcome).toBe('fail');
  });

  it('fails when a request in flight is cut off early', () => {
    const events = [connected('slow'), request, read, stop, rst(1200), ...end(1210)];
    const verdict = verdictOf(graceIsGiven, recordingOf(events, http));
    expect(verdict.outcome).toBe('fail');
    expect(verdict.message).toContain(
      'had request 1 in flight and was cut off 200 ms after SIGTERM (reset: ECONNRESET)',
    );
  });

  it('passes when an HTTP connection is closed after the reply to the request in flight', () => {
    const events = [connected('slow'), request, read, stop, reply(1200), fin(1205), ...end(1210)];
    expect(verdictOf(graceIsGiven, recordingOf(events, http)).outcome).toBe('pass');
  });

  it('fails when the server exits early on a client that does not read, and its reply is not whole', () => {
    const events = [connected('stuck'), paused, request, read, stop, ...end(1200), resumed(3500), rst(3501)];
    const verdict = verdictOf(graceIsGiven, recordingOf(events, http));
    expect(verdict.outcome).toBe('fail');
    expect(verdict.message).toContain('200 ms after SIGTERM, by the exit of the server');
  });

  it('passes when a stuck client finds its whole reply once it reads again', () => {
    const events = [
      connected('stuck'),
      paused,
      request,
      read,
      stop,
      ...end(1200),
      resumed(3500),
      reply(3501),
      told(3502),
      fin(3503),
    ];
    expect(verdictOf(graceIsGiven, recordingOf(events)).outcome).toBe('pass');
  });

  it('fails when a stuck client finds the notice, but not all replies, after an early exit', () => {
    const more: Written = { type: 'request', client, exchange: 2, bytes: 9, part: 'whole', atMs: 520 };
    const sent = [connected('stuck'), paused, request, more, stop, ...end(1200)];
    const found = [resumed(3500), reply(3501), told(3502), fin(3503)];
    expect(verdictOf(graceIsGiven, recordingOf([...sent, ...found])).outcome).toBe('fail');
    const second: Written = { ...reply(3501.5), exchange: 2 } as Written;
    expect(verdictOf(graceIsGiven, recordingOf([...sent, ...found, second])).outcome).toBe('pass');
  });

  it('passes when the server waited for the stuck client until the deadline', () => {
    const events = [connected('stuck'), paused, request, read, stop, ...end(2900), resumed(3500), rst(3501)];
    expect(verdictOf(graceIsGiven, recordingOf(events)).outcome).toBe('pass');
  });

  it('is untested when a stuck client never reads again after an early exit', () => {
    const events = [connected('stuck'), paused, request, read, stop, ...end(1200)];
    const verdict = verdictOf(graceIsGiven, recordingOf(events));
    expect(verdict).toMatchObject({ outcome: 'untested' });
    expect(verdict).not.toHaveProperty('straddles');
  });

  it('is untested when the error bar of the cut-off straddles the deadline less its tolerance', () => {
    const lag: Written = { type: 'lag', who: 'fleet', lagMs: 100, atMs: 2755 };
    const events = [connected('idle'), stop, told(), lag, fin(2760), ...end(2810)];
    expect(verdictOf(graceIsGiven, recordingOf(events))).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });

  it('does not apply to clients that were neither told nor waiting for a reply', () => {
    const events = [connected('idle'), stop, fin(1005), ...end(1010)];
    expect(verdictOf(graceIsGiven, recordingOf(events)).outcome).toBe('not-applicable');
    const early = [connected('idle'), { ...told(), atMs: 900 } as Written, stop, fin(1005), ...end(1010)];
    expect(verdictOf(graceIsGiven, recordingOf(early)).outcome).toBe('not-applicable');
  });

  it('does not apply when a second stop signal released the target', () => {
    const events = [
      connected('idle'),
      stop,
      told(),
      { ...stop, atMs: 1100 } as Written,
      fin(1110),
      ...end(1120),
    ];
    expect(verdictOf(graceIsGiven, recordingOf(events)).outcome).toBe('not-applicable');
  });
});
