import { describe, expect, it } from 'vitest';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { deadlineTracks } from './tracks.js';

const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const end = (atMs: number): Written[] => [
  { type: 'exit', pid: 10, code: 0, signal: null, atMs },
  { type: 'gone', atMs },
];
const ended = (atMs: number): Written => ({ type: 'ended-by-harness', reason: 'late', pids: [10], atMs });

const usual = (...events: Written[]) => recordingOf([stop, ...events], { run: { scenario: 'stuck-client' } });
const other = (deadlineMs: number, ...events: Written[]) =>
  recordingOf([stop, ...events], {
    run: { scenario: 'other-deadline', deadlineMs },
    contract: { deadlineMs },
  });
const judged = (own: ReturnType<typeof other>, reference: ReturnType<typeof usual>) =>
  verdictOf(deadlineTracks, own, [reference, own]);

describe('deadline.tracks', () => {
  it('passes when the forced end follows, be the other deadline shorter or longer', () => {
    expect(judged(other(1000, ...end(2010)), usual(...end(3010)))).toMatchObject({
      outcome: 'pass',
      message: 'Told 1 s, it was gone after 1.01 s; told 2 s (stuck-client/SIGTERM), after 2.01 s.',
    });
    expect(judged(other(4000, ...end(4950)), usual(...end(2950))).outcome).toBe('pass');
    // A reserve is allowed.
    expect(judged(other(1000, ...end(1800)), usual(...end(2600))).outcome).toBe('pass');
  });

  it('fails when a constant ends both, be it too late for the shorter one or too early for the longer one', () => {
    const late = judged(other(1000, ...end(3010)), usual(...end(3000)));
    expect(late).toMatchObject({ outcome: 'fail', observed: 'was gone after 2.01 s', evidence: [0, 1, 2] });
    expect(judged(other(4000, ...end(3010)), usual(...end(3000))).outcome).toBe('fail');
    // In time for both, and the same.
    expect(judged(other(1000, ...end(2100)), usual(...end(2110))).outcome).toBe('fail');
  });

  it('passes where the target is late by the same with both: that it is late deadline.holds says', () => {
    expect(judged(other(1000, ...end(2440)), usual(...end(3440)))).toMatchObject({
      outcome: 'pass',
      message: 'Told 1 s, it was gone after 1.44 s; told 2 s (stuck-client/SIGTERM), after 2.44 s.',
    });
  });

  it('says so where it follows what it is told, and is late with the other deadline alone', () => {
    expect(judged(other(1000, ...end(2440)), usual(...end(3000)))).toMatchObject({
      outcome: 'fail',
      message:
        'Told that it has 1 s, the target was gone after 1.44 s; told 2 s (stuck-client/SIGTERM), after 2 s: it takes longer than it is told.',
    });
  });

  it('fails when the harness had to end it after the other deadline', () => {
    const verdict = judged(other(1000, ended(3800), ...end(3801)), usual(...end(3000)));
    expect(verdict).toMatchObject({ outcome: 'fail', observed: 'was still alive after 2.8 s' });
  });

  it('is untested when it was ended before that, when a moment was missed, and when an error bar straddles', () => {
    expect(judged(other(1000, ended(1500), ...end(1501)), usual(...end(3000))).outcome).toBe('untested');
    const missed: Written = { type: 'missed', moment: 'a reply', reason: 'none came', atMs: 900 };
    const unplayed = recordingOf([missed], { run: { scenario: 'stuck-client' } });
    expect(judged(other(1000, ...end(2010)), unplayed).outcome).toBe('untested');
    const lag: Written = { type: 'lag', who: 'harness', lagMs: 900, atMs: 2600 };
    expect(judged(other(1000, lag, ...end(2590)), usual(...end(3010)))).toMatchObject({
      outcome: 'untested',
      straddles: true,
      comparedWith: 'stuck-client/SIGTERM',
    });
  });

  it('is untested where the error bar of the usual run does not say whether anything made it wait', () => {
    const lag: Written = { type: 'lag', who: 'harness', lagMs: 1900, atMs: 3000 };
    expect(judged(other(1000, ...end(2010)), usual(lag, ...end(3000)))).toMatchObject({
      outcome: 'untested',
      straddles: true,
      comparedWith: 'stuck-client/SIGTERM',
    });
  });

  it.each([
    ['nothing made it wait', other(1000, ...end(1010)), usual(...end(1020))],
    [
      'the harness had to end it with the usual one',
      other(1000, ...end(2010)),
      usual(ended(4800), ...end(4801)),
    ],
    ['it is the run with the usual one', usual(...end(3010)), usual(...end(3010))],
  ])('is not applicable where %s', (_, own, reference) => {
    expect(judged(own, reference).outcome).toBe('not-applicable');
  });

  it('is not applicable where no run with the usual deadline was played', () => {
    const own = other(1000, ...end(2010));
    expect(verdictOf(deadlineTracks, own, [own]).outcome).toBe('not-applicable');
  });
});
