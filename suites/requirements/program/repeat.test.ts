import { expect, test } from 'vitest';
import type { Recording } from '../../../harness/recording/recording.js';
import { programRecordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { programRepeat } from './repeat.js';

const said = (text: string, atMs: number, stream: 'stdout' | 'stderr' = 'stdout'): Written => ({
  type: 'output',
  stream,
  text: `${text}\n`,
  atMs,
});
const begin: readonly Written[] = [{ type: 'spawned', pid: 7, atMs: 0 }, said('item 1', 50)];
const stop = (atMs: number): Written => ({ type: 'signal', signal: 'SIGTERM', pid: 7, atMs });
const exit = (
  atMs: number,
  code: number | null = 0,
  signal: 'SIGTERM' | 'SIGABRT' | null = null,
): Written[] => [
  { type: 'exit', pid: 7, code, signal, atMs },
  { type: 'gone', atMs },
];
/** One clean-up of 400 ms: `cleaning` at once, `clean` at its end. */
const single: readonly Written[] = [stop(100), said('cleaning', 102), said('clean', 495), ...exit(500)];

const of = (scenario: string, events: readonly Written[]): Recording =>
  programRecordingOf([...begin, ...events], { run: { scenario } });

function judge(events: readonly Written[], one: readonly Written[] = single) {
  const recording = of('cleaning-up', events);
  return verdictOf(programRepeat, recording, [of('working', one), recording]);
}

test('one clean-up passes', () => {
  expect(
    judge([stop(100), said('cleaning', 102), stop(300), said('clean', 495), ...exit(500)]),
  ).toMatchObject({
    outcome: 'pass',
    evidence: [2, 4, 6],
  });
});

test('a second signal before the clean-up began says nothing of it', () => {
  const early = [stop(100), stop(150), said('cleaning', 170), said('clean', 565), ...exit(570)];
  expect(judge(early)).toMatchObject({
    outcome: 'untested',
    message: expect.stringContaining('“cleaning” was printed later'),
  });
  // Its only line comes at the very end: nobody knows when it began.
  const silent = [stop(100), said('clean', 495), ...exit(500)];
  expect(judge([stop(100), stop(300), said('clean', 495), ...exit(500)], silent).outcome).toBe('pass');
});

test('a program that says a word for each signal passes', () => {
  const again = [stop(100), said('cleaning', 102), stop(300), said('already stopping', 302)];
  expect(judge([...again, said('clean', 495), ...exit(500)]).outcome).toBe('pass');
  const same = [stop(100), said('cleaning', 102), stop(300), said('cleaning', 302)];
  expect(judge([...same, said('clean', 495), ...exit(500)]).outcome).toBe('pass');
});

test('work that goes on during the clean-up is no second clean-up', () => {
  const work = [said('item 2', 200), said('item 3', 302), said('item 4', 400)];
  expect(
    judge([stop(100), said('cleaning', 102), stop(300), ...work, said('clean', 495), ...exit(500)]).outcome,
  ).toBe('pass');
});

test('a line of waiting that came once more is no second clean-up', () => {
  const one = [stop(100), said('cleaning', 102), said('waiting for 1 job', 300), ...exit(500)];
  const waits = [said('waiting for 1 job', 310), said('waiting for 1 job', 510)];
  expect(judge([stop(100), said('cleaning', 102), stop(290), ...waits, ...exit(530)], one).outcome).toBe(
    'pass',
  );
});

test('a clean-up that runs twice fails by what it says twice', () => {
  const first = [stop(100), said('cleaning', 102), stop(300), said('clean', 495)];
  expect(judge([...first, said('cleaning', 496), said('clean', 895), ...exit(900)])).toMatchObject({
    outcome: 'fail',
    observed: '2 times',
  });
});

test('a clean-up that begins anew in the middle fails by the time that it takes', () => {
  const twice = [stop(100), said('cleaning', 102), stop(300), said('cleaning', 302)];
  expect(judge([...twice, said('clean', 695), ...exit(700)])).toMatchObject({
    outcome: 'fail',
    observed: 'a second one',
  });
});

test('a second signal at once does not show whether a line is a word for each signal or a second clean-up', () => {
  const early = [stop(100), stop(102), said('cleaning', 103), said('cleaning', 104)];
  expect(judge([...early, said('clean', 497), ...exit(502)])).toMatchObject({
    outcome: 'untested',
    message: expect.stringContaining(
      '“cleaning” came twice, and the second SIGTERM only 2 ms after the first',
    ),
  });
});

test('a time at the bound is no verdict', () => {
  const twice = [stop(100), said('cleaning', 102), stop(200), said('cleaning', 202)];
  expect(judge([...twice, said('clean', 620), ...exit(625)])).toMatchObject({
    outcome: 'untested',
    straddles: true,
  });
});

test('a traceback, a crash, and an end that never comes fail', () => {
  const second = [stop(100), said('cleaning', 102), stop(300)];
  const traceback = said(
    'Traceback (most recent call last):\n  File "a.py"\nKeyboardInterrupt',
    302,
    'stderr',
  );
  expect(judge([...second, traceback, ...exit(310, 1)])).toMatchObject({ outcome: 'fail' });
  expect(judge([...second, ...exit(310, null, 'SIGABRT')])).toMatchObject({ observed: 'death by SIGABRT' });
  const ended: Written = { type: 'ended-by-harness', reason: '', pids: [7], atMs: 4050 };
  expect(judge([...second, ended])).toMatchObject({ outcome: 'fail', observed: 'no end' });
});

test('a clean-up that is cut short is a lesser failure', () => {
  const second = [stop(100), said('cleaning', 102), stop(300)];
  expect(judge([...second, ...exit(301, null, 'SIGTERM')])).toMatchObject({
    outcome: 'fail',
    level: 'SHOULD',
  });
  expect(judge([...second, ...exit(301, 1)])).toMatchObject({ outcome: 'fail', level: 'SHOULD' });
});

test('a signal that comes when all is cleaned up finds nothing to disturb', () => {
  const events = [stop(100), said('cleaning', 102), said('clean', 495), stop(497)];
  expect(judge([...events, ...exit(498, null, 'SIGTERM')]).outcome).toBe('pass');
});

test('a clean-up that says nothing is cut short where it takes much less time', () => {
  const silent = [stop(100), ...exit(500)];
  const cut = (atMs: number) => judge([stop(100), stop(200), ...exit(atMs, null, 'SIGTERM')], silent);
  expect(cut(201)).toMatchObject({ outcome: 'fail', level: 'SHOULD' });
  expect(cut(395)).toMatchObject({ outcome: 'untested', straddles: true });
  expect(cut(480).outcome).toBe('pass');
});

test('it does not apply where there was nothing to disturb, where one signal is too much, nor to other runs', () => {
  expect(judge([stop(100), ...exit(101, null, 'SIGTERM')]).outcome).toBe('not-applicable');
  const bad = [stop(100), ...exit(500, 3)];
  expect(judge([stop(100), stop(300), ...exit(500, 3)], bad).outcome).toBe('not-applicable');
  expect(verdictOf(programRepeat, of('working', single)).outcome).toBe('not-applicable');
});
