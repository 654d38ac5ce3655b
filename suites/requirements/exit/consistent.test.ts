import { expect, test } from 'vitest';
import type { Recording } from '../../../harness/recording/recording.js';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { exitConsistent } from './consistent.js';

function run(scenario: string, code: number | null, signal: NodeJS.Signals | null = null, given: Given = {}) {
  return runOf(scenario, [{ type: 'exit', pid: 7, code, signal, atMs: 200 }], given);
}

function runOf(scenario: string, events: readonly Written[], given: Given = {}): Recording {
  const stop: Written = { type: 'signal', signal: given.run?.signal ?? 'SIGTERM', pid: 7, atMs: 100 };
  return recordingOf([{ type: 'spawned', pid: 7, atMs: 0 }, stop, ...events], {
    ...given,
    run: { ...given.run, scenario },
  });
}

test('the same status as in the idle run passes', () => {
  const busy = run('busy-clients', 0);
  expect(verdictOf(exitConsistent, busy, [run('idle', 0), busy]).outcome).toBe('pass');
});

test('another status than in the idle run fails, and both runs are named', () => {
  const busy = run('busy-clients', 1);
  expect(verdictOf(exitConsistent, busy, [run('idle', 0), busy])).toMatchObject({
    outcome: 'fail',
    message:
      'SIGTERM ended the target with exit status 1 in busy-clients/SIGTERM, but with exit status 0 in idle/SIGTERM.',
    evidence: [1, 2],
  });
});

test('a death by signal differs from a status', () => {
  const busy = run('busy-clients', null, 'SIGTERM');
  expect(verdictOf(exitConsistent, busy, [run('idle', 143), busy]).outcome).toBe('fail');
});

test('the run that others are compared with passes', () => {
  const idle = run('idle', 0);
  expect(verdictOf(exitConsistent, idle, [idle, run('busy-clients', 1), run('late-client', 1)]).outcome).toBe(
    'pass',
  );
});

test('without an idle run the most common status counts', () => {
  const odd = run('busy-clients', 0);
  const [one, two] = [run('late-client', 1), run('stuck-client', 1)];
  expect(verdictOf(exitConsistent, odd, [odd, one, two])).toMatchObject({ outcome: 'fail' });
  expect(verdictOf(exitConsistent, two, [odd, one, two]).outcome).toBe('pass');
});

test.each<[string, Recording]>([
  [
    'was ended by its reload signal',
    runOf(
      'reload-then-stop',
      [
        { type: 'signal', signal: 'SIGHUP', pid: 7, atMs: 99 },
        { type: 'exit', pid: 7, code: null, signal: 'SIGHUP', atMs: 200 },
      ],
      { contract: { reloadSignals: ['SIGHUP'] } },
    ),
  ],
  ['was early', run('busy-clients', 1, null, { run: { early: true } })],
  ['killed the target', run('killed', 1)],
  ['crashed', run('busy-clients', null, 'SIGSEGV')],
  [
    'was ended by the harness',
    runOf('busy-clients', [
      { type: 'ended-by-harness', reason: '', pids: [7], atMs: 190 },
      { type: 'exit', pid: 7, code: null, signal: 'SIGKILL', atMs: 200 },
    ]),
  ],
  [
    'was released by a repeated signal',
    runOf('repeated-signal', [
      { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 150 },
      { type: 'exit', pid: 7, code: 1, signal: null, atMs: 200 },
    ]),
  ],
  [
    'got two different stop signals',
    runOf('mixed-signals', [
      { type: 'signal', signal: 'SIGINT', pid: 7, atMs: 150 },
      { type: 'exit', pid: 7, code: 1, signal: null, atMs: 1500 },
    ]),
  ],
])('does not apply where the run %s', (_, recording) => {
  expect(verdictOf(exitConsistent, recording, [run('idle', 0), recording])).toMatchObject({
    outcome: 'not-applicable',
    message: 'the end of this run cannot be compared with that of another run',
  });
});

test('does not apply where no other run has the same signal', () => {
  const interrupted = run('late-client', 0, null, { run: { signal: 'SIGINT' } });
  expect(verdictOf(exitConsistent, interrupted, [run('idle', 0), interrupted])).toMatchObject({
    outcome: 'not-applicable',
    message: 'no other run can be compared for SIGINT',
  });
});

test('a repeat that did not cause the end leaves the run comparable', () => {
  const repeated = runOf('repeated-signal', [
    { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 150 },
    { type: 'exit', pid: 7, code: 1, signal: null, atMs: 1900 },
  ]);
  expect(verdictOf(exitConsistent, repeated, [run('idle', 0), repeated]).outcome).toBe('fail');
});

test('the lag that makes a release possible is in favour of the target', () => {
  const repeated = runOf('repeated-signal', [
    { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 150 },
    { type: 'lag', who: 'harness', lagMs: 100, atMs: 1200 },
    { type: 'exit', pid: 7, code: 1, signal: null, atMs: 1200 },
  ]);
  expect(verdictOf(exitConsistent, repeated, [run('idle', 0), repeated]).outcome).toBe('not-applicable');
});
