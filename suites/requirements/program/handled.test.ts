import { describe, expect, test } from 'vitest';
import { programRecordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { programHandled } from './handled.js';

const said = (text: string, atMs: number): Written => ({
  type: 'output',
  stream: 'stdout',
  text: `${text}\n`,
  atMs,
});
const begin: readonly Written[] = [{ type: 'spawned', pid: 7, atMs: 0 }, said('working', 50)];
const sent = (signal: 'SIGUSR1' | 'SIGALRM' | 'SIGTERM', atMs: number): Written => ({
  type: 'signal',
  signal,
  pid: 7,
  atMs,
});
const exit = (atMs: number, code: number | null = 0, signal: 'SIGUSR1' | null = null): Written => ({
  type: 'exit',
  pid: 7,
  code,
  signal,
  atMs,
});
const contract = {
  handles: [
    { signal: 'SIGUSR1', line: '^status: ' },
    { signal: 'SIGALRM', exit: 4 },
  ],
} as const;

const judge = (events: readonly Written[], given: object = {}) =>
  verdictOf(
    programHandled,
    programRecordingOf([...begin, ...events], { run: { scenario: 'handled' }, contract, ...given }),
  );

describe('a line', () => {
  const usr1 = sent('SIGUSR1', 100);
  const stop = (atMs: number) => sent('SIGTERM', atMs);

  test('that comes, from a program that lives on, passes', () => {
    expect(judge([usr1, said('status: 1', 110), stop(150), exit(200)])).toMatchObject({
      outcome: 'pass',
      evidence: [2, 3, 4],
    });
  });

  test('must come each time: a handler for one signal only leaves the default action behind', () => {
    const once = [usr1, said('status: 1', 110), sent('SIGUSR1', 200)];
    expect(judge([...once, said('status: 1', 210), stop(250), exit(300)])).toMatchObject({
      outcome: 'pass',
      message: expect.stringContaining('a second SIGUSR1'),
      evidence: [4, 5, 6],
    });
    expect(judge([...once, exit(201, null, 'SIGUSR1')])).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining('death by SIGUSR1 1 ms after a second SIGUSR1'),
    });
    expect(judge([...once, stop(2400), exit(2500)])).toMatchObject({
      outcome: 'fail',
      observed: 'no such line',
    });
    // What the second brings does not stand for the first.
    expect(judge([usr1, sent('SIGUSR1', 200), said('status: 1', 210), stop(250)]).outcome).toBe('fail');
  });

  test('counts too where it comes before the newline of another', () => {
    const piece = (text: string, atMs: number): Written => ({ type: 'output', stream: 'stdout', text, atMs });
    const split = [piece('item 2 is done', 90), usr1, piece('status: 2 items\n\n', 110)];
    expect(judge([...split, stop(150), exit(200)]).outcome).toBe('pass');
    const unasked = [piece('status: 1 items\n', 90), usr1];
    expect(judge([...unasked, stop(2400), exit(2500)]).outcome).toBe('fail');
  });

  test('that does not come, or only with the stop, fails', () => {
    expect(judge([usr1, stop(2400), exit(2500)])).toMatchObject({
      outcome: 'fail',
      observed: 'no such line',
    });
    expect(judge([usr1, stop(2400), said('status: 1', 2450), exit(2500)]).outcome).toBe('fail');
  });

  test('that comes too late fails, and at about the deadline is no verdict', () => {
    expect(judge([usr1, said('status: 1', 2400), stop(2500)]).outcome).toBe('fail');
    expect(judge([usr1, said('status: 1', 2355), stop(2500)])).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });

  test('does not help a program that ends', () => {
    expect(judge([usr1, said('status: 1', 110), exit(120)])).toMatchObject({
      outcome: 'fail',
      observed: 'exit status 0',
    });
    expect(judge([usr1, exit(101, null, 'SIGUSR1')])).toMatchObject({ observed: 'death by SIGUSR1' });
  });

  test('does not help a program that writes a traceback', () => {
    const traceback = said('Traceback (most recent call last):\n  File "a.py"\nNameError: x', 105);
    expect(judge([usr1, traceback, said('status: 1', 110), stop(150)]).outcome).toBe('fail');
  });

  test('that comes all the time proves nothing', () => {
    const facts = { unasked: ['SIGUSR1'] };
    expect(judge([usr1, said('status: 1', 110), stop(150), exit(200)], { facts })).toMatchObject({
      outcome: 'untested',
    });
  });
});

describe('an exit', () => {
  const alarm = sent('SIGALRM', 100);

  test('with the declared status passes', () => {
    expect(judge([alarm, exit(150, 4)])).toMatchObject({ outcome: 'pass', evidence: [2, 3] });
  });

  test('with another status fails, and so does one that comes too late or not at all', () => {
    expect(judge([alarm, exit(150, 0)])).toMatchObject({ outcome: 'fail', observed: 'exit status 0' });
    expect(judge([alarm, exit(2500, 4)]).outcome).toBe('fail');
    const ended: Written = { type: 'ended-by-harness', reason: '', pids: [7], atMs: 2360 };
    expect(judge([alarm, ended])).toMatchObject({ outcome: 'fail', observed: 'no exit' });
  });

  test('at about the deadline is no verdict', () => {
    expect(judge([alarm, exit(2355, 4)])).toMatchObject({ outcome: 'untested', straddles: true });
  });
});

test('it does not apply where nothing is declared, nor to other runs', () => {
  expect(judge([], { contract: {} }).outcome).toBe('not-applicable');
  expect(judge([], { run: { scenario: 'working' } }).outcome).toBe('not-applicable');
});
