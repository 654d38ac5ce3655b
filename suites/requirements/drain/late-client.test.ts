import { describe, expect, it } from 'vitest';
import { recordingOf, type Written } from '../../facts/recording-builder.js';
import { verdictOf } from '../../facts/verdict-of.js';
import { lateClientsGetAnAnswer } from './late-client.js';

const client = 'late-1';
const of = { client, exchange: 1 };
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const connected: Written = { type: 'connected', client, role: 'late', localPort: 4000, atMs: 1100 };
const request: Written = { type: 'request', ...of, bytes: 9, part: 'whole', atMs: 1101 };
const reply = (atMs: number): Written => ({ type: 'reply', ...of, bytes: 9, atMs });
const told = (atMs: number): Written => ({ type: 'told', client, framed: true, atMs });
const fin = (atMs: number): Written => ({ type: 'fin', client, atMs });
const rst = (atMs: number): Written => ({ type: 'rst', client, code: 'ECONNRESET', atMs });
const silence: Written = { type: 'no-reply', ...of, waitedMs: 1500, atMs: 2601 };
const exit = (atMs: number): Written => ({ type: 'exit', pid: 10, code: 0, signal: null, atMs });
const verdict = (...events: Written[]) => verdictOf(lateClientsGetAnAnswer, recordingOf(events));

describe('drain.late-client', () => {
  it('passes when the client is refused', () => {
    const refused: Written = {
      type: 'connect-failed',
      client,
      role: 'late',
      code: 'ECONNREFUSED',
      atMs: 1100,
    };
    expect(verdict(stop, refused, exit(3000))).toMatchObject({ outcome: 'pass', evidence: [1] });
  });

  it('passes when the client is told, served, closed or reset while the server is there', () => {
    for (const answer of [told(1110), reply(1110), fin(1110), rst(1110)]) {
      expect(verdict(stop, connected, request, answer, exit(3000)).outcome).toBe('pass');
    }
  });

  it('passes when the server ends before the client has waited for long', () => {
    expect(verdict(stop, connected, request, rst(1600), exit(1600)).outcome).toBe('pass');
  });

  it('fails when the client waits for a reply in vain, whatever comes afterwards', () => {
    const judgement = verdict(stop, connected, request, silence, fin(2700), exit(3000));
    expect(judgement).toMatchObject({ outcome: 'fail', observed: 'silence for 1.5 s', evidence: [0, 1, 3] });
    expect(judgement.message).toBe(
      'late-1 connected 100 ms after SIGTERM, was accepted, and heard nothing in the 1.5 s that it waited for a reply.',
    );
  });

  it('fails when only the exit of the server ends a silence of more than a second', () => {
    const judgement = verdict(stop, connected, rst(3001), exit(3000));
    expect(judgement).toMatchObject({ outcome: 'fail', evidence: [0, 1, 2, 3] });
    expect(judgement.message).toContain('heard nothing in the 1.9 s until the server ended');
  });

  it('fails when the harness had to end the server', () => {
    const ended: Written = { type: 'ended-by-harness', reason: 'late', pids: [10], atMs: 4000 };
    expect(verdict(stop, connected, ended, rst(4001), exit(4001))).toMatchObject({
      outcome: 'fail',
      observed: 'silence for 2.9 s',
    });
  });

  it('passes when the notice came before the wait for a reply was over', () => {
    expect(verdict(stop, connected, request, told(1110), silence, fin(2900), exit(2901)).outcome).toBe(
      'pass',
    );
  });

  it('is untested when the error bar of the exit straddles the second', () => {
    const lag: Written = { type: 'lag', who: 'harness', lagMs: 100, atMs: 2145 };
    expect(verdict(stop, connected, lag, rst(2150), exit(2150))).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });

  it('does not apply without late clients, or when they left by themselves', () => {
    expect(verdict(stop, exit(3000)).outcome).toBe('not-applicable');
    const left: Written = { type: 'left', client, how: 'fin', atMs: 1200 };
    expect(verdict(stop, connected, left, exit(3000)).outcome).toBe('not-applicable');
    const idle: Written = { ...connected, role: 'idle' } as Written;
    expect(verdict(stop, idle, rst(3001), exit(3000)).outcome).toBe('not-applicable');
  });
});
