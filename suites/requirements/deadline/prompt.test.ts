import { describe, expect, it } from 'vitest';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { exitIsPrompt } from './prompt.js';

const connected = (client: string, atMs = 100): Written => ({
  type: 'connected',
  client,
  role: 'leaving',
  localPort: 4000,
  atMs,
});
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const left = (client: string, atMs: number): Written => ({ type: 'left', client, how: 'fin', atMs });
const fin = (client: string, atMs: number): Written => ({ type: 'fin', client, atMs });
const end = (atMs: number): Written[] => [
  { type: 'exit', pid: 10, code: 0, signal: null, atMs },
  { type: 'gone', atMs: atMs + 10 },
];

describe('deadline.prompt', () => {
  it('passes when the tree is gone within a second of the last client', () => {
    const events = [
      connected('a-1'),
      connected('a-2'),
      stop,
      left('a-1', 1100),
      left('a-2', 1600),
      ...end(2300),
    ];
    expect(verdictOf(exitIsPrompt, recordingOf(events))).toMatchObject({
      outcome: 'pass',
      evidence: [2, 4, 5, 6],
    });
  });

  it('passes when the tree is gone within a second of the stop, whatever ended the clients', () => {
    const events = [connected('a-1'), stop, fin('a-1', 1500), ...end(1500)];
    expect(verdictOf(exitIsPrompt, recordingOf(events)).outcome).toBe('pass');
  });

  it('fails when it sits the deadline out after the last client has left', () => {
    const events = [connected('a-1'), stop, left('a-1', 1100), ...end(3000)];
    const verdict = verdictOf(exitIsPrompt, recordingOf(events));
    expect(verdict).toMatchObject({ outcome: 'fail', evidence: [1, 2, 3, 4] });
    expect(verdict.message).toBe(
      'It was gone 1.91 s after its last client (a-1) had gone, 2.01 s after SIGTERM: it seems to have sat its deadline out.',
    );
  });

  it('says once how long after the signal it was gone where no client was connected', () => {
    expect(verdictOf(exitIsPrompt, recordingOf([stop, ...end(3000)])).message).toBe(
      'It was gone 2.01 s after SIGTERM, although no client was connected: it seems to have sat its deadline out.',
    );
  });

  it('is untested where it may have been late only for want of a processor', () => {
    const waited = (waitedMs: number): Written => ({
      type: 'kept-waiting',
      waitedMs,
      sinceMs: 1100,
      atMs: 1200,
    });
    const judged = (waitedMs: number) =>
      verdictOf(exitIsPrompt, recordingOf([stop, waited(waitedMs), ...end(2300)]));
    expect(judged(280).outcome).toBe('fail');
    expect(judged(320)).toMatchObject({ outcome: 'untested', straddles: true });
    expect(judged(320).message).toContain('It was gone 1.14 s (± 168 ms) after SIGTERM');
  });

  it('fails when it waits although no client was connected', () => {
    const canary: Written = { ...connected('canary-1'), role: 'canary' } as Written;
    const verdict = verdictOf(exitIsPrompt, recordingOf([canary, stop, ...end(2600)]));
    expect(verdict).toMatchObject({ outcome: 'fail', observed: 'gone 1.61 s after it' });
    expect(verdict.message).toContain('although no client was connected');
  });

  it('counts a client that came after the stop', () => {
    const events = [stop, connected('late-1', 1200), fin('late-1', 2000), ...end(2700)];
    expect(verdictOf(exitIsPrompt, recordingOf(events)).outcome).toBe('pass');
  });

  it('does not apply when a client stayed until the exit, or its end was not seen', () => {
    const untilExit = [connected('a-1'), stop, fin('a-1', 2999), ...end(3000)];
    expect(verdictOf(exitIsPrompt, recordingOf(untilExit)).outcome).toBe('not-applicable');
    const unseen = [connected('a-1'), stop, ...end(3000)];
    expect(verdictOf(exitIsPrompt, recordingOf(unseen)).outcome).toBe('not-applicable');
    const after = [connected('a-1'), stop, left('a-1', 3001), ...end(3000)];
    expect(verdictOf(exitIsPrompt, recordingOf(after)).outcome).toBe('not-applicable');
  });

  it('is untested when a delayed client fleet leaves open when the last client had gone', () => {
    const lag: Written = { type: 'lag', who: 'fleet', lagMs: 300, atMs: 1795 };
    const events = [connected('a-1'), stop, lag, fin('a-1', 1800), ...end(2700)];
    expect(verdictOf(exitIsPrompt, recordingOf(events))).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });

  it('is untested when a delayed client fleet leaves open whether a client stayed until the deadline', () => {
    const lag: Written = { type: 'lag', who: 'fleet', lagMs: 1900, atMs: 2945 };
    const events = [connected('a-1'), stop, lag, fin('a-1', 2950), ...end(2980)];
    const verdict = verdictOf(exitIsPrompt, recordingOf(events));
    expect(verdict).toMatchObject({ outcome: 'untested', straddles: true, evidence: [1, 3, 5] });
    expect(verdict.message).toContain('A client may have stayed until the deadline (a-1)');
  });

  it('is untested when the end of the tree was not seen', () => {
    expect(verdictOf(exitIsPrompt, recordingOf([stop])).outcome).toBe('untested');
  });

  it('does not apply when the harness ended the target, or several signals were sent', () => {
    const ended: Written = { type: 'ended-by-harness', reason: 'late', pids: [10], atMs: 4000 };
    expect(verdictOf(exitIsPrompt, recordingOf([stop, ended, ...end(4001)])).outcome).toBe('not-applicable');
    const again: Written = { ...stop, atMs: 1500 };
    expect(verdictOf(exitIsPrompt, recordingOf([stop, again, ...end(3000)])).outcome).toBe('not-applicable');
  });

  it('takes a second as the bound, with the error bar on its far side only', () => {
    const outcome = (atMs: number) =>
      verdictOf(exitIsPrompt, recordingOf([stop, { type: 'gone', atMs }])).outcome;
    expect([2000, 2001, 2015, 2016].map(outcome)).toEqual(['pass', 'untested', 'untested', 'fail']);
  });

  it('counts neither who had gone before the stop, nor the clients of another instance', () => {
    const before = [connected('a-1'), left('a-1', 900), stop, ...end(2600)];
    const other = [{ ...connected('b-1', 1500), instance: 1 } as Written, fin('b-1', 2000)];
    for (const events of [before, [stop, ...other, ...end(2600)]]) {
      const verdict = verdictOf(exitIsPrompt, recordingOf(events));
      expect(verdict.outcome).toBe('fail');
      expect(verdict.message).toContain('although no client was connected');
    }
  });

  it('counts from the client that went last, in whatever order they had come', () => {
    const events = [
      connected('a-1'),
      connected('a-2'),
      stop,
      left('a-1', 1600),
      left('a-2', 1100),
      ...end(2300),
    ];
    expect(verdictOf(exitIsPrompt, recordingOf(events)).outcome).toBe('pass');
  });

  it('says how long it took since the stop where that was within a second', () => {
    const events = [connected('a-1'), stop, left('a-1', 1300), ...end(1490)];
    expect(verdictOf(exitIsPrompt, recordingOf(events)).message).toBe('It was gone 500 ms after SIGTERM.');
  });

  it('counts a canary that came after the stop, like any client', () => {
    const late = { ...connected('canary-1', 1200), role: 'canary' } as Written;
    const events = [late, stop, fin('canary-1', 2000), ...end(2700)];
    expect(verdictOf(exitIsPrompt, recordingOf(events)).outcome).toBe('pass');
  });

  it('does not apply from the time on at which the deadline permits to cut a client off', () => {
    const outcome = (atMs: number) =>
      verdictOf(exitIsPrompt, recordingOf([connected('a-1'), stop, fin('a-1', atMs), ...end(3000)])).outcome;
    expect([2749, 2750, 2764, 2765].map(outcome)).toEqual(['pass', 'untested', 'untested', 'not-applicable']);
  });

  it('counts from the delivery of the stop where the last client went before that', () => {
    const frozen: Written[] = [
      { type: 'frozen', pids: [10], atMs: 950 },
      { type: 'thawed', atMs: 1500 },
    ];
    const events = [connected('a-1'), ...frozen, stop, left('a-1', 1100), ...end(2690)];
    expect(verdictOf(exitIsPrompt, recordingOf(events))).toMatchObject({
      outcome: 'fail',
      observed: 'gone 1.2 s after it',
    });
  });
});
