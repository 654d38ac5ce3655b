import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { repeatNoCrash } from './no-crash.js';

const stop = (atMs: number, signal: NodeJS.Signals = 'SIGTERM'): Written => ({
  type: 'signal',
  signal,
  pid: 7,
  atMs,
});
const exit = (code: number | null, signal: NodeJS.Signals | null = null, atMs = 200): Written => ({
  type: 'exit',
  pid: 7,
  code,
  signal,
  atMs,
});
const repeated: Given = { run: { scenario: 'repeated-signal' } };
const start: Written = { type: 'spawned', pid: 7, atMs: 0 };

const recording = (events: readonly Written[], given: Given = repeated) =>
  recordingOf([start, ...events], given);
const judge = (events: readonly Written[], given?: Given) =>
  verdictOf(repeatNoCrash, recording(events, given));

/** The second signal comes a second after the first, and may be meant. */
const late = (code: number | null, signal: NodeJS.Signals | null = null) => exit(code, signal, 1250);

test.each<[string, Written]>([
  ['an accepted status', late(0)],
  ['a status of its own that a second signal may force', late(1)],
  ['death by a signal that was sent', late(null, 'SIGTERM')],
  ['128+n of a signal that was sent', late(143)],
])('%s right after the second signal passes', (_, end) => {
  expect(judge([stop(100), stop(1100), end])).toMatchObject({ outcome: 'pass', evidence: [1, 2, 3] });
});

test('a status that only a duplicate of the signal has caused is a warning', () => {
  expect(judge([stop(100), stop(150), exit(0)]).outcome).toBe('pass');
  expect(judge([stop(100), stop(150), exit(null, 'SIGTERM')]).outcome).toBe('pass');
  for (const code of [1, 143])
    expect(judge([stop(100), stop(150), exit(code)])).toMatchObject({
      outcome: 'fail',
      level: 'SHOULD',
      observed: `exit status ${code}`,
      message: expect.stringContaining('a duplicate of the signal cut its stop short'),
    });
});

test('so is death by a duplicate, where one signal alone ends it otherwise', () => {
  const killed = recording([stop(100), stop(150), exit(null, 'SIGTERM')]);
  const idle = (code: number | null, signal: NodeJS.Signals | null) =>
    recording([stop(100), exit(code, signal)], { run: { scenario: 'idle' } });
  expect(repeatNoCrash.judge(killed, [killed, idle(0, null)])).toMatchObject({
    outcome: 'fail',
    level: 'SHOULD',
    observed: 'death by SIGTERM',
    message: expect.stringContaining('a duplicate of the signal cut its stop short'),
  });
  expect(repeatNoCrash.judge(killed, [killed, idle(null, 'SIGTERM')]).outcome).toBe('pass');
  // Long after the duplicate something else ended it, and a second later it may be meant.
  for (const end of [
    recording([stop(100), stop(150), exit(null, 'SIGTERM', 1500)]),
    recording([stop(100), stop(1150), late(null, 'SIGTERM')]),
  ])
    expect(repeatNoCrash.judge(end, [end, idle(0, null)]).outcome).toBe('pass');
});

test('how soon a duplicate comes is measured by the deadline where that is short', () => {
  const short = { ...repeated, contract: { deadlineMs: 1000 } };
  expect(judge([stop(100), stop(700), exit(1, null, 720)], short).outcome).toBe('pass');
  expect(judge([stop(100), stop(500), exit(1, null, 520)], short)).toMatchObject({ level: 'SHOULD' });
});

test('death by another signal fails', () => {
  expect(judge([stop(100), stop(150), exit(null, 'SIGSEGV')])).toMatchObject({
    outcome: 'fail',
    message:
      'The target (pid 7) ended with death by SIGSEGV, 100 ms after the first of 2 stop signals (SIGTERM).',
    evidence: [1, 2, 3],
  });
});

test('the status of a shell whose child crashed fails', () => {
  expect(judge([stop(100), stop(150), exit(139)])).toMatchObject({
    outcome: 'fail',
    observed: 'exit status 139',
  });
  expect(judge([stop(100), stop(150), exit(127)]).outcome).toBe('fail');
});

test('128+n of a signal that was not sent fails', () => {
  expect(judge([stop(100), stop(150), exit(130)]).outcome).toBe('fail');
  expect(judge([stop(100), stop(1150, 'SIGINT'), late(130)]).outcome).toBe('pass');
});

test('long after the last signal only an accepted status will do', () => {
  expect(judge([stop(100), stop(150), exit(0, null, 1500)]).outcome).toBe('pass');
  expect(judge([stop(100), stop(150), exit(1, null, 1500)])).toMatchObject({ outcome: 'fail' });
  expect(
    judge([stop(100), stop(150), exit(null, 'SIGTERM', 1500)], { ...repeated, contract: { exitStatus: [0] } })
      .outcome,
  ).toBe('fail');
});

test('and 128+n is a warning then', () => {
  expect(judge([stop(100), stop(150), exit(143, null, 1500)])).toMatchObject({
    outcome: 'fail',
    level: 'SHOULD',
  });
  expect(judge([stop(100), stop(150), exit(1, null, 1500)])).not.toHaveProperty('level');
});

test('a status that the deadline forced passes, a crash at the deadline fails', () => {
  expect(judge([stop(100), stop(150), exit(1, null, 2100)]).outcome).toBe('pass');
  expect(judge([stop(100), stop(150), exit(null, 'SIGABRT', 2100)]).outcome).toBe('fail');
});

test('a status whose error bar straddles the deadline is untested', () => {
  const lag: Written = { type: 'lag', who: 'harness', lagMs: 300, atMs: 1900 };
  expect(judge([stop(100), stop(150), lag, exit(1, null, 1900)])).toMatchObject({
    outcome: 'untested',
    straddles: true,
  });
});

test('what a single signal does as well is not put down to the repeat', () => {
  const own = recording([stop(100), stop(150), exit(1, null, 1500)]);
  const idle = recording([stop(100), exit(1)], {});
  expect(verdictOf(repeatNoCrash, own, [idle, own]).outcome).toBe('not-applicable');
  const well = recording([stop(100), exit(0)], {});
  expect(verdictOf(repeatNoCrash, own, [well, own]).outcome).toBe('fail');
});

test('does not apply where the target ended before the second signal, or not by itself', () => {
  expect(judge([stop(100), exit(1)]).outcome).toBe('not-applicable');
  expect(judge([stop(100), exit(1), stop(250)]).outcome).toBe('not-applicable');
  const ended: Written = { type: 'ended-by-harness', reason: '', pids: [7], atMs: 3000 };
  expect(judge([stop(100), stop(150), ended, exit(null, 'SIGKILL', 3001)]).outcome).toBe('not-applicable');
});

test('a signal that found nobody does not count', () => {
  const lost: Written = { type: 'signal', signal: 'SIGTERM', pid: 7, error: 'ESRCH', atMs: 150 };
  expect(judge([stop(100), lost, exit(1)]).outcome).toBe('not-applicable');
});

test('death by the repeated signal passes as a forced end, though the contract accepts only a status', () => {
  const given = { ...repeated, contract: { exitStatus: [0] } };
  expect(judge([stop(100), stop(1100), late(null, 'SIGTERM')], given).outcome).toBe('pass');
});

test('of two signals the second may end it as it does alone: then it is the signal, and not the repetition', () => {
  const mixed: Given = { run: { scenario: 'mixed-signals' } };
  const played = recording([stop(100), stop(150, 'SIGINT'), exit(null, 'SIGINT')], mixed);
  const idle = (signal: 'SIGTERM' | 'SIGINT', end: Written) =>
    recording([stop(100, signal), end], { run: { scenario: 'idle', signal } });
  const graceful = idle('SIGTERM', exit(0));
  const judged = (...siblings: ReturnType<typeof recording>[]) =>
    verdictOf(repeatNoCrash, played, [played, graceful, ...siblings]);
  expect(judged(idle('SIGINT', exit(0)))).toMatchObject({
    outcome: 'fail',
    level: 'SHOULD',
    message: expect.stringContaining('a further signal cut its stop short'),
  });
  expect(judged(idle('SIGINT', exit(null, 'SIGINT'))).outcome).toBe('pass');
});
