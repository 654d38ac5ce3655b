import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { treeNoZombies } from './no-zombies.js';

type State = 'running' | 'zombie' | 'gone';
const child = (state: State, atMs: number, sinceMs = atMs, pid = 8, parentPid = 7): Written => ({
  type: 'process',
  pid,
  parentPid,
  command: 'worker',
  state,
  atMs,
  sinceMs,
});
const start: Written = { type: 'spawned', pid: 7, atMs: 0 };
const exit = (atMs: number): Written => ({ type: 'exit', pid: 7, code: 0, signal: null, atMs });

const judge = (events: readonly Written[], given: Given = {}) =>
  verdictOf(treeNoZombies, recordingOf([start, ...events], given));

test('a tree without a zombie passes', () => {
  expect(judge([child('running', 100), child('gone', 900), exit(3000)]).outcome).toBe('pass');
});

test('a zombie that is reaped within a second passes', () => {
  expect(judge([child('running', 100), child('zombie', 500, 480), child('gone', 1400, 1380)]).outcome).toBe(
    'pass',
  );
});

test('a zombie that is reaped later fails, and its parent is named', () => {
  expect(judge([child('running', 100), child('zombie', 500, 480), child('gone', 2020, 2000)])).toMatchObject({
    outcome: 'fail',
    message: 'pid 8 (worker), a child of pid 7, stayed a zombie for 1.54 s.',
    evidence: [2, 3],
  });
});

test('a zombie that is never reaped fails, though init reaps it after the root', () => {
  expect(judge([child('zombie', 500), exit(3000), child('gone', 3020, 3010)])).toMatchObject({
    outcome: 'fail',
    observed: 'a zombie for 2.5 s, until the root exited or the run ended',
  });
  expect(judge([child('zombie', 500), { type: 'moment', moment: 'x', atMs: 3000 }]).outcome).toBe('fail');
});

test('a zombie of a worker fails, and more than one are counted', () => {
  const events = [
    child('running', 100),
    child('zombie', 500, 500, 9, 8),
    child('zombie', 500, 500, 10, 8),
    exit(2000),
  ];
  expect(judge(events)).toMatchObject({
    outcome: 'fail',
    message: expect.stringMatching(/pid 9 .* child of pid 8, .* 1 more like it/),
  });
});

test('a zombie whose time is cut short by the end of the run is no failure', () => {
  expect(judge([child('zombie', 2500), exit(3000), child('gone', 9000)]).outcome).toBe('pass');
});

test('a zombie that was sampled too coarsely is untested', () => {
  expect(judge([child('zombie', 500, 400), child('gone', 1600, 1300), exit(3000)])).toMatchObject({
    outcome: 'untested',
    straddles: true,
  });
});

test('a zombie of somebody else does not count', () => {
  expect(judge([child('running', 100), child('zombie', 500, 500, 9, 1), exit(3000)]).outcome).toBe('pass');
});

test('the root itself, not yet waited for by the harness, does not count', () => {
  const events = [child('running', 100), child('zombie', 500, 500, 7, 1), exit(3000)];
  expect(judge(events).outcome).toBe('pass');
});

test('does not apply to a single process', () => {
  expect(judge([exit(3000)]).outcome).toBe('not-applicable');
});

const early: Given = { run: { scenario: 'early-bound', early: true } };
const executed: Written = { type: 'executed', pid: 7, program: '/bin/server', atMs: 200 };

test('helpers of the start-up, and of the script that becomes the server, are not its tree', () => {
  const helper = [child('running', 100), child('zombie', 120), child('gone', 1950, 1900)];
  const ready: Written = { type: 'ready', atMs: 2000 };
  expect(judge([...helper, ready, exit(3000)])).toMatchObject({
    outcome: 'not-applicable',
    message: 'no process of the target but its root was seen',
  });
  expect(judge([...helper, { ...executed, atMs: 1960 }, exit(3000)], early).outcome).toBe('not-applicable');
});

test('in an early run only a failure says something', () => {
  expect(judge([executed, child('running', 300), exit(600)], early)).toMatchObject({
    outcome: 'not-applicable',
    message: expect.stringContaining('still starting'),
  });
  expect(judge([executed, child('zombie', 300), child('gone', 400), exit(600)], early).outcome).toBe(
    'not-applicable',
  );
  expect(judge([executed, child('zombie', 300), exit(2000)], early).outcome).toBe('fail');
});

test('a zombie of a parent that had no processor to reap it with is no proof', () => {
  const waited = (waitedMs: number): Written => ({
    type: 'kept-waiting',
    waitedMs,
    sinceMs: 600,
    atMs: 1500,
  });
  const events = (waitedMs: number) => [
    child('running', 100),
    child('zombie', 500, 480),
    waited(waitedMs),
    child('gone', 2020, 2000),
  ];
  expect(judge(events(700))).toMatchObject({
    outcome: 'untested',
    straddles: true,
    message: expect.stringContaining('of which the target may have waited 700 ms for a processor'),
  });
  expect(judge(events(400)).outcome).toBe('fail');
});

test('a zombie that stayed until the root exited, on a machine that may have kept its parent waiting, is open', () => {
  const waited: Written = { type: 'kept-waiting', waitedMs: 1800, sinceMs: 600, atMs: 1500 };
  expect(judge([child('zombie', 500), waited, exit(3000)])).toMatchObject({
    outcome: 'untested',
    straddles: true,
    message: expect.stringContaining('for 2.5 s, of which the target may have waited 1.8 s for a processor'),
  });
  expect(judge([child('zombie', 500), { ...waited, waitedMs: 1200 }, exit(3000)]).outcome).toBe('fail');
});
