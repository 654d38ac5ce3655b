import { describe, expect, it } from 'vitest';
import type { ClientRole } from '../../../harness/recording/events.js';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { repliesAnnounceTheClose } from './connection-close.js';

const client = 'c-1';
const http = { contract: { protocol: 'http', notice: undefined } } as const;
const connected = (role: ClientRole = 'patient'): Written => ({
  type: 'connected',
  client,
  role,
  localPort: 4000,
  atMs: 100,
});
const request = (atMs: number, exchange = 1): Written => ({
  type: 'request',
  client,
  exchange,
  bytes: 90,
  part: 'whole',
  atMs,
});
const reply = (atMs: number, connectionClose: boolean, exchange = 1): Written => ({
  type: 'reply',
  client,
  exchange,
  bytes: 200,
  status: 200,
  connectionClose,
  atMs,
});
const read: Written = { type: 'request-read', client, exchange: 1, atMs: 910 };
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const fin = (atMs: number): Written => ({ type: 'fin', client, atMs });
const verdict = (...events: Written[]) => verdictOf(repliesAnnounceTheClose, recordingOf(events, http));

describe('notice.connection-close', () => {
  it('passes when a reply to a request after the stop carries the header', () => {
    expect(verdict(connected(), stop, request(1300), reply(1310, true)).outcome).toBe('pass');
  });

  it('passes when the server closes soon after a reply without the header', () => {
    expect(verdict(connected(), stop, request(1300), reply(1310, false), fin(1315)).outcome).toBe('pass');
  });

  it('fails when another reply follows on the same connection', () => {
    const judgement = verdict(
      connected(),
      stop,
      request(1300),
      reply(1310, false),
      request(1400, 2),
      reply(1410, true, 2),
    );
    expect(judgement).toMatchObject({ outcome: 'fail', evidence: [1, 2, 3] });
    expect(judgement.message).toContain(
      'The reply to request 1 of c-1 (patient) came 310 ms after SIGTERM without',
    );
  });

  it('fails when the connection stays open for longer than a second', () => {
    expect(verdict(connected(), stop, request(1300), reply(1310, false), fin(2900)).outcome).toBe('fail');
    const gone: Written = { type: 'gone', atMs: 2900 };
    expect(verdict(connected(), stop, request(1300), reply(1310, false), gone).outcome).toBe('fail');
  });

  it('fails when the next request is met by a reset', () => {
    const rst: Written = { type: 'rst', client, code: 'ECONNRESET', atMs: 1330 };
    expect(verdict(connected(), stop, request(1300), reply(1310, false), rst).outcome).toBe('fail');
  });

  it('fails for the reply to a request that was in its handler when the signal came', () => {
    const events = [connected('slow'), request(900), read, stop, reply(1100, false), fin(2500)];
    expect(verdict(...events).outcome).toBe('fail');
  });

  it('is untested when the error bar of the close straddles the second', () => {
    const lag: Written = { type: 'lag', who: 'fleet', lagMs: 100, atMs: 2355 };
    expect(verdict(connected(), stop, request(1300), reply(1310, false), lag, fin(2360))).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });

  it('does not apply to replies that the server may have composed before it noticed the signal', () => {
    expect(verdict(connected(), stop, request(1100), reply(1110, false), fin(2900)).outcome).toBe(
      'not-applicable',
    );
    const began: Written = { type: 'reply-started', client, exchange: 1, atMs: 950 };
    const events = [connected('slow'), request(900), read, began, stop, reply(1100, false), fin(2500)];
    expect(verdict(...events).outcome).toBe('not-applicable');
  });

  it('does not apply when the client left before the server could close, or to other protocols', () => {
    const left: Written = { type: 'left', client, how: 'fin', atMs: 1400 };
    expect(verdict(connected(), stop, request(1300), reply(1310, false), left).outcome).toBe(
      'not-applicable',
    );
    const echo = recordingOf([connected(), stop, request(1300), reply(1310, false), fin(2900)]);
    expect(verdictOf(repliesAnnounceTheClose, echo).outcome).toBe('not-applicable');
  });
});
