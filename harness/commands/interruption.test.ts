import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Interruption } from './interruption.js';

function watched() {
  const source = new EventEmitter();
  const forced: string[] = [];
  const clock = { nowMs: 0 };
  const interruption = new Interruption(
    source,
    (signal) => forced.push(signal),
    () => clock.nowMs,
  );
  interruption.watchSignals();
  return { source, forced, clock, interruption };
}

describe('an interruption', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('comes with %s', (signal) => {
    const { source, interruption } = watched();
    expect(interruption.abortSignal.aborted).toBe(false);
    source.emit(signal);
    expect(interruption.by).toBe(signal);
    expect(interruption.abortSignal.reason).toEqual(new Error(`interrupted by ${signal}`));
  });

  test('is the first one, whatever follows', () => {
    const { source, forced, clock, interruption } = watched();
    source.emit('SIGHUP');
    source.emit('SIGINT');
    clock.nowMs = 999;
    source.emit('SIGINT');
    clock.nowMs = 5000;
    source.emit('SIGTERM');
    source.emit('SIGHUP');
    interruption.outputClosed();
    expect(interruption.by).toBe('SIGHUP');
    expect(forced).toEqual([]);
  });

  test('is forced by a SIGINT that comes a second later', () => {
    const { source, forced, clock } = watched();
    source.emit('SIGTERM');
    clock.nowMs = 1000;
    source.emit('SIGINT');
    expect(forced).toEqual(['SIGINT']);
  });

  test('comes when nobody reads the output any more', () => {
    const { interruption } = watched();
    interruption.outputClosed();
    expect(interruption.by).toBe('SIGPIPE');
    expect(interruption.abortSignal.aborted).toBe(true);
  });
});
