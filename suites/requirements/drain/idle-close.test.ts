import { describe, expect, it } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { idleConnectionsAreClosed } from './idle-close.js';

const client = 'idle-1';
const connected: Written = { type: 'connected', client, role: 'idle', localPort: 4000, atMs: 100 };
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const fin = (atMs: number): Written => ({ type: 'fin', client, atMs });
const http: Given = { contract: { protocol: 'http', notice: undefined } };
const verdict = (events: Written[], given: Given = http) =>
  verdictOf(idleConnectionsAreClosed, recordingOf(events, given));

describe('drain.idle-close', () => {
  it('passes when the connection is closed or reset within a second', () => {
    expect(verdict([connected, stop, fin(1900)])).toMatchObject({ outcome: 'pass', evidence: [2] });
    const rst: Written = { type: 'rst', client, code: 'ECONNRESET', atMs: 1010 };
    expect(verdict([connected, stop, rst]).outcome).toBe('pass');
  });

  it('fails when it is closed later', () => {
    expect(verdict([connected, stop, fin(2800)])).toMatchObject({
      outcome: 'fail',
      message: 'The idle connection of idle-1 was closed only 1.8 s after SIGTERM.',
      observed: 'closed 1.8 s after SIGTERM',
      evidence: [1, 2],
    });
  });

  it('fails when it is never closed', () => {
    const ended: Written = { type: 'ended-by-harness', reason: 'late', pids: [10], atMs: 4000 };
    const judgement = verdict([connected, stop, ended, fin(4001)]);
    expect(judgement).toMatchObject({ outcome: 'fail', observed: 'not closed' });
    expect(judgement.message).toContain('still open 3 s after SIGTERM');
  });

  it('is untested when the recording ends before the second is over', () => {
    const moment: Written = { type: 'moment', moment: 'something', atMs: 1500 };
    const judgement = verdict([connected, stop, moment]);
    expect(judgement.outcome).toBe('untested');
    expect(judgement).not.toHaveProperty('straddles');
  });

  it('is untested when the error bar straddles the second', () => {
    const lag: Written = { type: 'lag', who: 'fleet', lagMs: 100, atMs: 2045 };
    expect(verdict([connected, stop, lag, fin(2050)])).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });

  it('does not apply without idle clients, where connections are not kept, or to other protocols', () => {
    const left: Written = { type: 'left', client, how: 'fin', atMs: 1200 };
    expect(verdict([connected, stop, left]).outcome).toBe('not-applicable');
    expect(verdict([{ ...connected, role: 'busy' } as Written, stop, fin(2800)]).outcome).toBe(
      'not-applicable',
    );
    expect(verdict([connected, stop, fin(2800)], { ...http, survey: { persistent: false } }).outcome).toBe(
      'not-applicable',
    );
    expect(verdict([connected, stop, fin(2800)], {}).outcome).toBe('not-applicable');
  });

  it('takes a second as the bound, with the error bar on its far side only', () => {
    expect(verdict([connected, stop, fin(2000)]).outcome).toBe('pass');
    expect(verdict([connected, stop, fin(2001)])).toMatchObject({ outcome: 'untested', straddles: true });
    expect(verdict([connected, stop, fin(2016)]).outcome).toBe('fail');
  });

  it('is untested when it was watched for a second and no longer', () => {
    const seen = (atMs: number): Written => ({ type: 'moment', moment: 'something', atMs });
    expect(verdict([connected, stop, seen(2000)]).outcome).toBe('untested');
    expect(verdict([connected, stop, seen(2001)]).outcome).toBe('fail');
  });

  it('does not count as watched what came after the harness had ended the target', () => {
    const ended: Written = { type: 'ended-by-harness', reason: 'late', pids: [10], atMs: 1500 };
    expect(verdict([connected, stop, ended, fin(2600)]).outcome).toBe('untested');
  });
});
