import { describe, expect, it } from 'vitest';
import { recordingOf, type Written } from './recording-builder.js';
import { errorBarMs } from './time.js';

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

  it('is exactly the time of the call for an act', () => {
    expect(
      barOf({ type: 'signal', signal: 'SIGTERM', pid: 1, beforeMs: 990, atMs: 1000 }, lag(1000, 500)),
    ).toBe(10);
  });
});
