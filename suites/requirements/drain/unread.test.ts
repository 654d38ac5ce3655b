import { describe, expect, it } from 'vitest';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { acceptQueueIsDrained } from './accept-queue.js';
import { simultaneousRequestsAreAnswered } from './simultaneous.js';

const client = 'client-1';
const of = { client, exchange: 1 };
const frozen: Written = { type: 'frozen', pids: [10], atMs: 890 };
const connected = (role: 'queued' | 'simultaneous', atMs: number): Written => ({
  type: 'connected',
  client,
  role,
  localPort: 4000,
  atMs,
});
const request: Written = { type: 'request', ...of, bytes: 9, part: 'whole', atMs: 910 };
const queued: Written = { type: 'request-queued', ...of, atMs: 920 };
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const thawed: Written = { type: 'thawed', atMs: 1050 };
const reply: Written = { type: 'reply', ...of, bytes: 9, atMs: 1060 };
const told: Written = { type: 'told', client, framed: true, atMs: 1060 };
const fin: Written = { type: 'fin', client, atMs: 1070 };
const rst: Written = { type: 'rst', client, code: 'ECONNRESET', atMs: 1070 };
const gone: Written = { type: 'gone', atMs: 1100 };

/** A request that lies unread in the server's socket: of a client that was accepted before, and of one that was not. */
describe.each([
  [simultaneousRequestsAreAnswered, [connected('simultaneous', 100), frozen, request]],
  [acceptQueueIsDrained, [frozen, connected('queued', 900), request]],
] as const)('$id', (requirement, start) => {
  const verdict = (...events: Written[]) => verdictOf(requirement, recordingOf(events));

  it('passes with a reply, even when a reset follows', () => {
    expect(verdict(...start, queued, stop, thawed, reply, rst, gone)).toMatchObject({
      outcome: 'pass',
      evidence: [3, 6],
    });
  });

  it('passes with FIN, or with the notice, instead of a reply', () => {
    expect(verdict(...start, queued, stop, thawed, fin, gone).outcome).toBe('pass');
    expect(verdict(...start, queued, stop, thawed, told, gone).outcome).toBe('pass');
  });

  it('fails with a reset, also after the notice', () => {
    const judgement = verdict(...start, queued, stop, thawed, rst, gone);
    expect(judgement).toMatchObject({
      outcome: 'fail',
      observed: 'reset (ECONNRESET) after the request was written',
      evidence: [3, 4, 6],
    });
    expect(judgement.message).toContain('its connection was reset 20 ms after SIGTERM');
    expect(verdict(...start, queued, stop, thawed, told, rst, gone).outcome).toBe('fail');
  });

  it('fails when the server ends and the client was neither answered nor refused', () => {
    const ended: Written = { type: 'ended-by-harness', reason: 'late', pids: [10], atMs: 4000 };
    for (const end of [[gone], [ended, { ...rst, atMs: 4001 } as Written]]) {
      expect(verdict(...start, queued, stop, thawed, ...end)).toMatchObject({
        outcome: 'fail',
        observed: 'neither a reply nor an end of the connection',
      });
    }
  });

  it('is untested when what became of it was not seen', () => {
    expect(verdict(...start, queued, stop, thawed).outcome).toBe('untested');
  });

  it('does not apply when the request was not seen in the frozen server, or a second signal came first', () => {
    expect(verdict(...start, stop, thawed, rst, gone).outcome).toBe('not-applicable');
    const late: Written = { ...queued, atMs: 1055 };
    expect(verdict(...start, stop, thawed, late, rst, gone).outcome).toBe('not-applicable');
    const again: Written = { ...stop, atMs: 1060 };
    expect(verdict(...start, queued, stop, thawed, again, rst, gone).outcome).toBe('not-applicable');
    const left: Written = { type: 'left', client, how: 'fin', atMs: 1060 };
    expect(verdict(...start, queued, stop, thawed, left, gone).outcome).toBe('not-applicable');
  });
});
