import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../harness/recording/recording.js';
import { judgeOne } from '../../judge.js';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { deadlineIsNotExtended } from './not-extended.js';

const signal = (atMs: number): Written => ({ type: 'signal', signal: 'SIGTERM', pid: 10, atMs });
const gone = (atMs: number): Written => ({ type: 'gone', atMs });
const ended = (atMs: number): Written => ({ type: 'ended-by-harness', reason: 'late', pids: [10], atMs });
const repeated = (...end: Written[]) =>
  recordingOf([signal(1000), signal(1050), signal(2200), ...end], { run: { scenario: 'repeated-signal' } });
const stuck = (given: 'SIGTERM' | 'SIGINT', ...end: Written[]) =>
  recordingOf([{ ...signal(1000), signal: given } as Written, ...end], {
    run: { scenario: 'stuck-client', signal: given },
  });

describe('deadline.not-extended', () => {
  it('passes when the tree is gone by the deadline of the first signal', () => {
    const recording = repeated(gone(3200));
    expect(verdictOf(deadlineIsNotExtended, recording)).toMatchObject({
      outcome: 'pass',
      evidence: [0, 2, 3],
    });
  });

  it('fails when a later signal started the countdown again, and says which', () => {
    const recording = repeated(gone(4210));
    const verdict = verdictOf(deadlineIsNotExtended, recording, [recording, stuck('SIGTERM', gone(3010))]);
    expect(verdict).toMatchObject({ outcome: 'fail', observed: 'gone 3.21 s after the first signal' });
    expect(verdict.message).toBe(
      'The target was gone 3.21 s after the first signal and 2.01 s after the last of 3, 1.21 s past the deadline: signal 3 of 3 started the countdown again.',
    );
  });

  it('is compared in a pair with the run that has the same clients', () => {
    const asPair = (scenario: string, ...events: Written[]): Recording => ({
      ...recordingOf(events, { run: { scenario, signal: 'SIGTERM' } }),
      kind: 'pair',
    });
    const twice = asPair('pair-repeated', signal(1000), signal(1050), signal(2200), gone(4210));
    const single = (end: Written) => asPair('pair-served', signal(1000), end);
    const judge = (end: Written) =>
      verdictOf(deadlineIsNotExtended, twice, [twice, single(end)] as readonly Recording[]);
    expect(judge(gone(3010))).toMatchObject({
      outcome: 'fail',
      message: expect.not.stringContaining('not played'),
    });
    expect(judge(ended(6000)).outcome).toBe('not-applicable');
  });

  it('fails when the harness had to end the target although one signal alone stops it', () => {
    const recording = repeated(ended(6000));
    const verdict = verdictOf(deadlineIsNotExtended, recording, [recording, stuck('SIGTERM', gone(3010))]);
    expect(verdict).toMatchObject({ outcome: 'fail', observed: 'not stopped 5 s after the first signal' });
    expect(verdict.message).toContain('the harness had to end');
  });

  it('fails without the run to compare with, and says that it is missing', () => {
    const verdict = verdictOf(deadlineIsNotExtended, repeated(gone(4210)), []);
    expect(verdict.outcome).toBe('fail');
    expect(verdict.message).toContain('was not played');
  });

  it('does not apply where a single signal breaks the deadline as well', () => {
    const recording = repeated(gone(4210));
    for (const broken of [gone(8000), ended(8000)]) {
      const verdict = verdictOf(deadlineIsNotExtended, recording, [stuck('SIGTERM', broken)]);
      expect(verdict.outcome).toBe('not-applicable');
    }
  });

  it('prefers the counterpart with the same signal, and takes another one where it is missing', () => {
    const recording = repeated(gone(4210));
    const broken = stuck('SIGINT', gone(8000));
    expect(verdictOf(deadlineIsNotExtended, recording, [broken]).outcome).toBe('not-applicable');
    const held = stuck('SIGTERM', gone(3010));
    expect(verdictOf(deadlineIsNotExtended, recording, [broken, held]).outcome).toBe('fail');
  });

  it('is untested where the counterpart is not certain', () => {
    const unsure = stuck('SIGTERM', { type: 'gone', sinceMs: 3200, atMs: 3300 });
    const verdict = verdictOf(deadlineIsNotExtended, repeated(gone(4210)), [unsure]);
    expect(verdict.outcome).toBe('untested');
    expect(verdict).not.toHaveProperty('straddles');
  });

  it('is untested when the error bar straddles the bound', () => {
    const recording = repeated({ type: 'gone', sinceMs: 3200, atMs: 3300 });
    expect(verdictOf(deadlineIsNotExtended, recording)).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });

  it('is untested when no end was recorded, or the harness ended the target too soon', () => {
    expect(verdictOf(deadlineIsNotExtended, repeated()).outcome).toBe('untested');
    expect(verdictOf(deadlineIsNotExtended, repeated(ended(2500))).outcome).toBe('untested');
  });

  it('does not apply to a single stop signal', () => {
    expect(verdictOf(deadlineIsNotExtended, stuck('SIGTERM', gone(9000))).outcome).toBe('not-applicable');
  });

  it('speaks of two signals already, and not of one', () => {
    const run = { scenario: 'repeated-signal' };
    const one = recordingOf([signal(1000), gone(4210)], { run });
    expect(verdictOf(deadlineIsNotExtended, one, [one]).outcome).toBe('not-applicable');
    const two = recordingOf([signal(1000), signal(1050), gone(4210)], { run });
    expect(verdictOf(deadlineIsNotExtended, two, [two, stuck('SIGTERM', gone(3010))]).outcome).toBe('fail');
  });

  it('compares with one signal and a client just as stuck, and with nothing else', () => {
    const recording = repeated(gone(4210));
    const broken = [signal(1000), gone(8000)];
    const idle = recordingOf(broken, { run: { scenario: 'idle' } });
    const twice = recordingOf([...broken, signal(1050)], { run: { scenario: 'stuck-client' } });
    for (const other of [idle, twice]) {
      const verdict = verdictOf(deadlineIsNotExtended, recording, [other]);
      expect(verdict.outcome).toBe('fail');
      expect(verdict.message).toContain('was not played');
    }
  });

  it('tells nothing in time where all signals come together, and where the target is late it does', () => {
    for (const [scenario, single] of [
      ['mixed-signals', 'stuck-client'],
      ['signal-burst', 'slow-request'],
    ] as const) {
      const played = (end: Written, from = scenario, signals = [signal(1000), signal(1050)]) =>
        recordingOf([...signals, end], { run: { scenario: from } });
      for (const atMs of [1100, 3010])
        expect(verdictOf(deadlineIsNotExtended, played(gone(atMs))).outcome).toBe('not-applicable');
      const alone = (atMs: number) => played(gone(atMs), single as typeof scenario, [signal(1000)]);
      const late = played(gone(4210));
      expect(verdictOf(deadlineIsNotExtended, late, [late, alone(3010)]).outcome).toBe('fail');
      expect(verdictOf(deadlineIsNotExtended, late, [late, alone(4210)]).outcome).toBe('not-applicable');
    }
  });

  it('counts no signal that came after the end', () => {
    const recording = repeated(gone(4210), signal(5000));
    const verdict = verdictOf(deadlineIsNotExtended, recording, [recording, stuck('SIGTERM', gone(3010))]);
    expect(verdict.message).toContain('after the last of 3, ');
  });

  const late = (lastMs: number, ...end: Written[]) =>
    recordingOf([signal(1000), signal(1050), signal(lastMs), ...end], {
      run: { scenario: 'repeated-signal' },
    });

  it('is untested when the repeat came too late to tell, and worth playing again', () => {
    // A countdown from the second signal would end at 3050, in the tolerance: only the third can show it.
    expect(verdictOf(deadlineIsNotExtended, late(2990, gone(3050)))).toEqual({
      outcome: 'untested',
      message:
        'the tree was gone 2.05 s after the first of 3 stop signals, and no repeat came at a time that tells: the last was sent 1.99 s after the first',
      evidence: [0, 2, 3],
      straddles: true,
    });
    expect(verdictOf(deadlineIsNotExtended, late(2740, gone(3050))).outcome).toBe('pass');
  });

  it('fails all the same when the target was gone too late', () => {
    expect(verdictOf(deadlineIsNotExtended, late(2990, gone(4990))).outcome).toBe('fail');
  });

  it('passes whenever the target was gone before the deadline', () => {
    const recording = recordingOf([signal(1000), signal(1050), gone(1400)], {
      run: { scenario: 'repeated-signal' },
    });
    expect(verdictOf(deadlineIsNotExtended, recording).outcome).toBe('pass');
  });

  it('is untested, and not inapplicable, where the harness missed the repeat', () => {
    const missed: Written = { type: 'missed', moment: 'it is sent again', reason: 'late', atMs: 3200 };
    const judged = (scenario: string) => {
      const recording = recordingOf([signal(1000), gone(3000), missed], { run: { scenario } });
      return judgeOne(deadlineIsNotExtended, recording, [recording]).outcome;
    };
    expect(judged('repeated-signal')).toBe('untested');
    expect(judged('second-interrupt')).toBe('untested');
    expect(judged('idle')).toBe('not-applicable');
  });
});
