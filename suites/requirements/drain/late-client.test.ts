import { describe, expect, it } from 'vitest';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
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
      'late-1 connected 100 ms after SIGTERM and heard nothing in the 1.5 s that it waited for a reply.',
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

  it('a client that waited for less than a second is judged by the end of the server', () => {
    const short: Written = { ...silence, waitedMs: 500, atMs: 1601 } as Written;
    expect(verdict(stop, connected, request, short, rst(1900), exit(1900)).outcome).toBe('pass');
    expect(verdict(stop, connected, request, short, rst(3001), exit(3000))).toMatchObject({
      outcome: 'fail',
      observed: 'silence for 1.9 s',
    });
    expect(verdict(stop, connected, request, short, reply(1700), exit(3000)).outcome).toBe('pass');
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

  describe('of several late clients judges each for itself', () => {
    const second = { client: 'late-2' };
    const later: Written = { type: 'connected', ...second, role: 'late', localPort: 4001, atMs: 1200 };
    const laterRequest: Written = { type: 'request', ...of, ...second, bytes: 9, part: 'whole', atMs: 1201 };
    const laterSilence: Written = { type: 'no-reply', ...of, ...second, waitedMs: 1500, atMs: 2701 };
    const laterEnds: readonly (readonly [string, Written])[] = [
      ['told', { type: 'told', ...second, framed: true, atMs: 1210 }],
      ['served', { type: 'reply', ...of, ...second, bytes: 9, atMs: 1210 }],
      ['closed', { type: 'fin', ...second, atMs: 1210 }],
    ];
    const refused = (client: string, atMs: number): Written => ({
      type: 'connect-failed',
      client,
      role: 'late',
      code: 'ECONNREFUSED',
      atMs,
    });

    it.each([
      ['refused', [refused(client, 1100)]],
      ['told', [connected, request, told(1110)]],
      ['served', [connected, request, reply(1110)]],
      ['closed', [connected, request, fin(1110)]],
    ])('fails for the second alone where the first was %s and the second waits in vain', (_how, first) => {
      const judgement = verdict(stop, ...first, later, laterRequest, laterSilence, exit(3000));
      expect(judgement.outcome).toBe('fail');
      expect(judgement.message).toBe(
        'late-2 connected 200 ms after SIGTERM and heard nothing in the 1.5 s that it waited for a reply.',
      );
    });

    it.each([...laterEnds, ['refused', refused('late-2', 1200)] as const])(
      'fails for the first alone where the second was %s',
      (_how, end) => {
        const events = end.type === 'connect-failed' ? [end] : [later, laterRequest, end];
        const judgement = verdict(stop, connected, request, silence, ...events, exit(3000));
        expect(judgement.outcome).toBe('fail');
        expect(judgement.message).toMatch(/^late-1 connected .* waited for a reply\.$/);
      },
    );

    it('names both where both wait in vain', () => {
      const both = verdict(stop, connected, request, silence, later, laterRequest, laterSilence, exit(3000));
      expect(both).toMatchObject({ outcome: 'fail' });
      expect(both.message).toMatch(/^late-1 .*\(and likewise late-2\)\.$/);
    });

    it('passes where each was answered in its own way', () => {
      for (const [, end] of laterEnds) {
        const events = [connected, request, told(1110), later, laterRequest, end];
        expect(verdict(stop, ...events, exit(3000))).toMatchObject({
          outcome: 'pass',
          message: 'All late clients were refused, told, served or closed (2 of 2).',
        });
      }
      expect(verdict(stop, refused(client, 1100), refused('late-2', 1200), exit(3000)).outcome).toBe('pass');
    });
  });

  it('does not count other clients, another instance, or who tried before the stop', () => {
    const refused = (given: object): Written =>
      ({
        type: 'connect-failed',
        client,
        role: 'late',
        code: 'ECONNREFUSED',
        atMs: 1100,
        ...given,
      }) as Written;
    const came = (given: object): Written[] => [{ ...connected, ...given } as Written, silence];
    for (const other of [{ role: 'idle' }, { instance: 1 }, { atMs: 900 }]) {
      expect(verdict(stop, refused(other), exit(3000)).outcome).toBe('not-applicable');
      expect(verdict(stop, ...came(other), exit(3000)).outcome).toBe('not-applicable');
    }
  });

  it('does not take the exit of the server for an answer, within its error bar', () => {
    const early = [stop, connected, request];
    expect(verdict(...early, fin(2984), exit(3000)).outcome).toBe('pass');
    expect(verdict(...early, fin(2985), exit(3000)).outcome).toBe('fail');
  });
});
