import { expect, test } from 'vitest';
import { hasNoticed } from '../../scenarios/program/peer-gone.js';
import { programRecordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { programBrokenPipeOnlyStdout } from './broken-pipe-only-stdout.js';

const begin: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'ready', atMs: 50 },
  { type: 'left', client: 'peer-1', how: 'fin', atMs: 100 },
];
const noticed: Written = { type: 'moment', moment: hasNoticed, atMs: 150 };
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 160 };
const exit = (signal: 'SIGPIPE' | null, atMs: number, code: number | null = null): Written => ({
  type: 'exit',
  pid: 7,
  code,
  signal,
  atMs,
});

const judge = (events: readonly Written[], given = {}) =>
  verdictOf(
    programBrokenPipeOnlyStdout,
    programRecordingOf([...begin, ...events], {
      run: { id: 'peer-gone', scenario: 'peer-gone', signal: null },
      ...given,
    }),
  );

test('a program that closes its end and lives on until it is stopped passes', () => {
  expect(judge([noticed, stop, exit(null, 200, 0)])).toMatchObject({ outcome: 'pass', evidence: [2, 3, 4] });
});

test('death by SIGPIPE fails, whatever came in between: no stop signal causes it', () => {
  expect(judge([exit('SIGPIPE', 140)])).toMatchObject({ outcome: 'fail', evidence: [2, 3] });
  expect(judge([noticed, stop, exit('SIGPIPE', 161)])).toMatchObject({ outcome: 'fail' });
});

test('without a peer that left nothing was tested', () => {
  const events: Written[] = [{ type: 'spawned', pid: 7, atMs: 0 }, stop];
  const run = { id: 'peer-gone', scenario: 'peer-gone', signal: null };
  expect(verdictOf(programBrokenPipeOnlyStdout, programRecordingOf(events, { run })).outcome).toBe(
    'untested',
  );
});

test('it does not apply to another end, to a program that kept its end, nor to other runs', () => {
  expect(judge([exit(null, 140, 1)]).outcome).toBe('not-applicable');
  expect(judge([stop, exit(null, 200, 0)]).outcome).toBe('not-applicable');
  expect(judge([noticed, stop], { run: { scenario: 'working' } }).outcome).toBe('not-applicable');
});
