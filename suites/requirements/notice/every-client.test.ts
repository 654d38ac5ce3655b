import { describe, expect, it } from 'vitest';
import type { ClientRole } from '../../../harness/recording/events.js';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { everyClientIsTold } from './every-client.js';

const connected = (client: string, role: ClientRole = 'idle', atMs = 100): Written => ({
  type: 'connected',
  client,
  role,
  localPort: 4000,
  atMs,
});
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const told = (client: string, atMs = 1010): Written => ({ type: 'told', client, framed: true, atMs });
const fin = (client: string, atMs: number): Written => ({ type: 'fin', client, atMs });
const request = (client: string, atMs: number): Written => ({
  type: 'request',
  client,
  exchange: 1,
  bytes: 9,
  part: 'whole',
  atMs,
});

describe('notice.every-client', () => {
  it('passes when each client is told', () => {
    const events = [
      connected('idle-1'),
      connected('silent-1', 'silent'),
      stop,
      told('idle-1'),
      told('silent-1'),
    ];
    expect(verdictOf(everyClientIsTold, recordingOf(events))).toMatchObject({
      outcome: 'pass',
      message: 'All connected clients were told (2 of 2).',
      evidence: [3, 4],
    });
  });

  it('fails when a connection closes without a word', () => {
    const events = [connected('idle-1'), connected('idle-2'), stop, told('idle-1'), fin('idle-2', 1020)];
    expect(verdictOf(everyClientIsTold, recordingOf(events))).toMatchObject({
      outcome: 'fail',
      message: 'idle-2 (idle) was never told: its connection ended with FIN 20 ms after SIGTERM.',
      evidence: [1, 2, 4],
    });
  });

  it('fails when connections are reset, and names the other clients', () => {
    const rst = (client: string): Written => ({ type: 'rst', client, code: 'ECONNRESET', atMs: 1005 });
    const events = [connected('a-1'), connected('a-2'), stop, rst('a-1'), rst('a-2')];
    expect(verdictOf(everyClientIsTold, recordingOf(events)).message).toBe(
      'a-1 (idle) was never told: its connection was reset 5 ms after SIGTERM (and likewise a-2).',
    );
  });

  it('fails when the client was told before the stop only, or hears another text', () => {
    const before = [connected('a-1'), told('a-1', 900), stop, fin('a-1', 1020)];
    expect(verdictOf(everyClientIsTold, recordingOf(before)).outcome).toBe('fail');
    const other: Written = { type: 'unexpected', client: 'a-1', text: 'Bye', atMs: 1010 };
    const verdict = verdictOf(
      everyClientIsTold,
      recordingOf([connected('a-1'), stop, other, fin('a-1', 1020)]),
    );
    expect(verdict.message).toContain('it read "Bye" instead');
  });

  it('counts what was told after an undeclared signal, by which the shutdown may have begun; not after a reload', () => {
    const hangup: Written = { type: 'signal', signal: 'SIGHUP', pid: 10, atMs: 500 };
    const events = [connected('idle-1'), hangup, told('idle-1', 510), stop, fin('idle-1', 1020)];
    expect(verdictOf(everyClientIsTold, recordingOf(events)).outcome).toBe('pass');
    const reloads = { contract: { reloadSignals: ['SIGHUP'] } } as const;
    expect(verdictOf(everyClientIsTold, recordingOf(events, reloads)).outcome).toBe('fail');
  });

  it('fails when the notice comes only after the harness had ended the target', () => {
    const ended: Written = { type: 'ended-by-harness', reason: 'late', pids: [10], atMs: 4000 };
    const events = [connected('a-1'), stop, ended, told('a-1', 4010), fin('a-1', 4011)];
    const verdict = verdictOf(everyClientIsTold, recordingOf(events));
    expect(verdict.outcome).toBe('fail');
    expect(verdict.message).toContain('still stood when the harness ended the server 3 s after SIGTERM');
  });

  it('fails for a looping client that the server had served before the stop', () => {
    const reply: Written = { type: 'reply', client: 'busy-1', exchange: 1, bytes: 9, atMs: 600 };
    const events = [connected('busy-1', 'busy'), request('busy-1', 500), reply, stop, fin('busy-1', 1010)];
    expect(verdictOf(everyClientIsTold, recordingOf(events)).outcome).toBe('fail');
  });

  it('does not ask it of clients that cannot be told', () => {
    const paused: Written = { type: 'paused', client: 'deaf-1', atMs: 200 };
    const left: Written = { type: 'left', client: 'a-1', how: 'fin', atMs: 1500 };
    const frozen: Written = { type: 'frozen', pids: [10], atMs: 800 };
    const thawed: Written = { type: 'thawed', atMs: 1001 };
    const nobody = [
      [connected('stuck-1', 'stuck'), stop],
      [connected('deaf-1'), paused, stop],
      [connected('a-1', 'silent'), stop, left],
      [frozen, connected('q-1', 'simultaneous', 900), stop, thawed],
      [connected('busy-1.2', 'busy', 999), request('busy-1.2', 999.5), stop, fin('busy-1.2', 1002)],
      [connected('late-1', 'late', 1100), stop, fin('late-1', 1200)],
    ];
    for (const events of nobody) {
      expect(verdictOf(everyClientIsTold, recordingOf(events)).outcome).toBe('not-applicable');
    }
  });

  it('does not ask it of a client whose end was seen while a second signal was still being sent', () => {
    const second: Written = { type: 'signal', signal: 'SIGINT', pid: 10, beforeMs: 1050, atMs: 1052 };
    const cut = (atMs: number) => recordingOf([connected('a-1'), stop, fin('a-1', atMs), second]);
    expect(verdictOf(everyClientIsTold, cut(1051)).outcome).toBe('not-applicable');
    expect(verdictOf(everyClientIsTold, cut(1049)).outcome).toBe('fail');
  });

  it('does not ask it of a connection that the server closes after each reply anyway', () => {
    const reply: Written = { type: 'reply', client: 'a-1', exchange: 1, bytes: 9, atMs: 1004 };
    const events = [connected('a-1', 'simultaneous'), request('a-1', 990), stop, reply, fin('a-1', 1005)];
    const once = { survey: { persistent: false } };
    expect(verdictOf(everyClientIsTold, recordingOf(events, once)).outcome).toBe('not-applicable');
    expect(verdictOf(everyClientIsTold, recordingOf(events)).outcome).toBe('fail');
  });

  it('does not apply where no notice is declared', () => {
    const recording = recordingOf([connected('a-1'), stop], { contract: { notice: undefined } });
    expect(verdictOf(everyClientIsTold, recording).outcome).toBe('not-applicable');
  });

  it('does not count who vanishes in mid-exchange, told or not', () => {
    const vanished: Written = { type: 'rst', client: 'v-1', code: 'ECONNRESET', atMs: 1005 };
    const events = [connected('v-1', 'vanishing'), stop, vanished];
    expect(verdictOf(everyClientIsTold, recordingOf(events)).outcome).toBe('not-applicable');
  });

  it('counts who was told, though a second signal or the end of a reply closed its connection', () => {
    const again: Written = { ...stop, atMs: 1500 } as Written;
    const forced = [connected('a-1'), stop, told('a-1'), again, fin('a-1', 1510)];
    expect(verdictOf(everyClientIsTold, recordingOf(forced)).outcome).toBe('pass');
    const reply: Written = { type: 'reply', client: 'a-1', exchange: 1, bytes: 9, atMs: 910 };
    const once = [connected('a-1'), request('a-1', 900), reply, stop, told('a-1'), fin('a-1', 1020)];
    expect(verdictOf(everyClientIsTold, recordingOf(once, { survey: { persistent: false } })).outcome).toBe(
      'pass',
    );
  });

  it('excuses a server that closes after each reply only where it had replied, and closed', () => {
    const judge = (...events: Written[]) =>
      verdictOf(
        everyClientIsTold,
        recordingOf([connected('a-1'), stop, ...events], { survey: { persistent: false } }),
      ).outcome;
    const reply: Written = { type: 'reply', client: 'a-1', exchange: 1, bytes: 9, atMs: 910 };
    const rst: Written = { type: 'rst', client: 'a-1', code: 'ECONNRESET', atMs: 1020 };
    expect(judge(request('a-1', 900), reply, fin('a-1', 1020))).toBe('not-applicable');
    expect(judge(request('a-1', 900), fin('a-1', 1020))).toBe('fail');
    expect(judge(request('a-1', 900), reply, rst)).toBe('fail');
    expect(judge(fin('a-1', 1020))).toBe('fail');
  });

  it('quotes what a client heard instead of the notice, and not what it had heard before', () => {
    const heard = (text: string, atMs: number): Written => ({
      type: 'unexpected',
      client: 'a-1',
      text,
      atMs,
    });
    const events = [connected('a-1'), heard('hi', 500), stop, heard('bye', 1010), fin('a-1', 1020)];
    expect(verdictOf(everyClientIsTold, recordingOf(events)).message).toContain('; it read "bye" instead');
  });
});
