import { describe, expect, it } from 'vitest';
import { recordingOf, type Written } from '../testing/recording-builder.js';
import { between, errorBarMs, isAtLeast, isAtMost } from './time.js';

const lag = (atMs: number, lagMs: number, who: 'harness' | 'fleet' = 'harness'): Written => ({
  type: 'lag',
  who,
  lagMs,
  atMs,
});
const exit: Written = { type: 'exit', pid: 1, code: 0, signal: null, atMs: 1000 };

function barOf(event: Written, ...others: Written[]): number {
  const recording = recordingOf([event, ...others]);
  const index = recording.events.findIndex(({ type }) => type === event.type);
  return errorBarMs(recording, recording.events[index] as (typeof recording.events)[number]);
}

describe('the error bar of an observation', () => {
  it('is that of an idle loop where nothing delayed it', () => {
    expect(barOf(exit)).toBe(15);
  });

  it('grows by the delay of the loop that observed it, and of no other', () => {
    expect(barOf(exit, lag(995, 200))).toBe(215);
    expect(barOf(exit, lag(995, 200, 'fleet'))).toBe(15);
    expect(barOf({ type: 'fin', client: 'a', atMs: 1000 }, lag(995, 200, 'fleet'))).toBe(215);
  });

  it('is not touched by a delay that was over before, or came after', () => {
    expect(barOf(exit, lag(900, 200), lag(1400, 200))).toBe(15);
  });

  it('reaches back over late turns that follow each other, since the loop was never on time in between', () => {
    expect(barOf(exit, lag(600, 90), lag(800, 190), lag(995, 185))).toBe(15 + 995 - 510);
  });

  it('reaches back no further than a turn that was on time', () => {
    expect(barOf(exit, lag(600, 90), lag(995, 300))).toBe(315);
  });

  it('takes two late turns for one where the tick between them, and no more, was on time', () => {
    // The loop looks every 10 ms, and a time is rounded.
    expect(barOf(exit, lag(600, 90), lag(995, 384))).toBe(15 + 995 - 510);
    expect(barOf(exit, lag(600, 90), lag(995, 383))).toBe(15 + 383);
  });

  it('counts a blockage until the loop has woken up from it', () => {
    expect(barOf(exit, lag(985, 200))).toBe(15 + 200);
    expect(barOf(exit, lag(984, 200))).toBe(15);
  });

  it('reaches back to the beginning of a blockage that was not over', () => {
    expect(barOf(exit, lag(1100, 300))).toBe(15 + 200);
    expect(barOf(exit, lag(1100, 100))).toBe(15);
  });

  it('is the time since the former look where that is longer, and not both', () => {
    const gone = (sinceMs: number): Written => ({ type: 'gone', sinceMs, atMs: 1000 });
    expect(barOf(gone(900))).toBe(100);
    expect(barOf(gone(990))).toBe(15);
    expect(barOf(gone(900), lag(995, 200))).toBe(215);
  });

  it('is known for each loop of one recording', () => {
    const fin: Written = { type: 'fin', client: 'a', atMs: 1000 };
    const recording = recordingOf([exit, fin, lag(995, 200), lag(995, 300, 'fleet')]);
    const bars = recording.events.map((event) => [event.type, errorBarMs(recording, event)]);
    expect(Object.fromEntries(bars)).toMatchObject({ exit: 215, fin: 315 });
  });

  it('is exactly the time of the call for an act', () => {
    expect(
      barOf({ type: 'signal', signal: 'SIGTERM', pid: 1, beforeMs: 990, atMs: 1000 }, lag(1000, 500)),
    ).toBe(10);
  });
});

describe('a length of time and a bound', () => {
  it('is at most the bound where it cannot be longer, and not where it cannot be as short', () => {
    expect(isAtMost({ minMs: 90, maxMs: 100 }, 100)).toBe('yes');
    expect(isAtMost({ minMs: 100, maxMs: 101 }, 100)).toBe('unsure');
    expect(isAtMost({ minMs: 101, maxMs: 110 }, 100)).toBe('no');
  });

  it('is at least the bound where it cannot be shorter, and not where it cannot be as long', () => {
    expect(isAtLeast({ minMs: 100, maxMs: 110 }, 100)).toBe('yes');
    expect(isAtLeast({ minMs: 99, maxMs: 100 }, 100)).toBe('unsure');
    expect(isAtLeast({ minMs: 90, maxMs: 99 }, 100)).toBe('no');
  });

  it('is never less than nothing between two windows that overlap', () => {
    expect(between({ minMs: 0, maxMs: 20 }, { minMs: 10, maxMs: 30 })).toEqual({ minMs: 0, maxMs: 30 });
    expect(between({ minMs: 0, maxMs: 20 }, { minMs: 25, maxMs: 30 })).toEqual({ minMs: 5, maxMs: 30 });
  });
});
