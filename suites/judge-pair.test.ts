import { expect, test } from 'vitest';
import { firstClient } from '../harness/recording/events.js';
import type { Recording } from '../harness/recording/recording.js';
import { viewsOf } from './facts/pair-views.js';
import { judgeAll } from './judge.js';
import type { Requirement } from './requirement.js';
import { serverLost } from './requirements/client/server-lost.js';
import { recordingOf, type Written } from './testing/recording-builder.js';

const traceback =
  'Traceback (most recent call last):\n  File "c.py", line 6, in <module>\nConnectionResetError: [Errno 104]\n';
const ofClient = (process: number) => ({ instance: firstClient + process });

function pairOf(events: readonly Written[]): Recording {
  return { ...recordingOf(events), kind: 'pair' };
}

const both = pairOf([
  { type: 'spawned', pid: 1, atMs: 0 },
  { type: 'spawned', ...ofClient(0), pid: 2, atMs: 1 },
  { type: 'spawned', ...ofClient(1), pid: 3, atMs: 2 },
  { type: 'accepted', connection: 'connection-2.1', process: 1, atMs: 3 },
  { type: 'connected', client: 'connection-2.1', role: 'relayed', localPort: 4, atMs: 4 },
  { type: 'lag', who: 'harness', lagMs: 7, atMs: 5 },
  { type: 'signal', signal: 'SIGTERM', pid: 1, atMs: 6 },
  { type: 'sent', connection: 'connection-2.1', what: 'notice', bytes: 9, atMs: 7 },
  { type: 'exit', pid: 1, code: 0, signal: null, atMs: 8 },
  { type: 'exit', ...ofClient(1), pid: 3, code: 1, signal: null, atMs: 9 },
]);

test('the view of the server is what a recording of the server alone would be', () => {
  const { recording, places } = viewsOf(both).server;
  expect(recording.events.map(({ type }) => type)).toEqual(['spawned', 'connected', 'lag', 'signal', 'exit']);
  expect(places).toEqual([0, 4, 5, 6, 8]);
});

test('the view of a client has its own process and connections, and nobody else’s', () => {
  const [first, second, ...more] = viewsOf(both).clients;
  expect(more).toEqual([]);
  expect(first?.recording.events.map(({ type }) => type)).toEqual(['spawned', 'lag']);
  expect(second?.recording.events.map(({ type }) => type)).toEqual([
    'spawned',
    'accepted',
    'lag',
    'sent',
    'exit',
  ]);
  expect(second?.recording.events.at(-1)).toMatchObject({ instance: 0, pid: 3 });
  expect(second?.places).toEqual([2, 3, 5, 7, 9]);
});

test('the view of a client knows which of its connections the server refused', () => {
  const refused = (client: string): Written => ({
    type: 'connect-failed',
    client,
    role: 'relayed',
    code: 'ECONNREFUSED',
    atMs: 5,
  });
  const [view] = viewsOf(
    pairOf([
      { type: 'spawned', ...ofClient(0), pid: 2, atMs: 1 },
      { type: 'accepted', connection: 'connection-1.1', process: 0, atMs: 3 },
      refused('connection-1.1'),
      refused('connection-2.1'),
    ]),
  ).clients;
  expect(view?.places).toEqual([0, 1, 2]);
});

test('once the harness has ended the server, what its clients lose is the harness’ doing', () => {
  const over: Written[] = [
    { type: 'server-left', connection: 'connection-1.1', how: 'rst', atMs: 40 },
    { type: 'output', ...ofClient(0), stream: 'stderr', text: traceback, atMs: 41 },
    { type: 'exit', ...ofClient(0), pid: 2, code: 1, signal: null, atMs: 42 },
  ];
  const begin: Written[] = [
    { type: 'spawned', pid: 1, atMs: 0 },
    { type: 'spawned', ...ofClient(0), pid: 2, atMs: 1 },
    { type: 'accepted', connection: 'connection-1.1', process: 0, atMs: 3 },
    { type: 'signal', signal: 'SIGTERM', pid: 1, atMs: 6 },
  ];
  const ended: Written = { type: 'ended-by-harness', reason: 'it did not stop', pids: [1], atMs: 39 };
  const judge = (events: Written[]) =>
    judgeAll([pairOf(events)], [serverLost]).map(({ judgement }) => judgement.outcome);
  expect(judge([...begin, ...over])).toEqual(['fail']);
  expect(judge([...begin, ended, ...over])).toEqual(['not-applicable']);
});

/** A requirement that fails where the root exits with a status that is not 0. */
const exitsWith0 = (of: Requirement['of']): Requirement => ({
  id: 'client.exits',
  level: 'MUST',
  since: 2026,
  ...(of ? { of } : {}),
  statement: '',
  because: '',
  remedy: { general: '' },
  sources: [],
  needsStop: false,
  judge({ events }) {
    const index = events.findIndex(({ type }) => type === 'exit');
    const exit = events[index];
    if (exit?.type !== 'exit') return { outcome: 'untested', message: 'no end', evidence: [] };
    if (exit.code === 0) return { outcome: 'pass', message: 'well', evidence: [index] };
    return { outcome: 'fail', message: 'it ended badly', expected: '0', observed: '1', evidence: [index] };
  },
});

const judged = (recording: Recording, of: Requirement['of']) =>
  judgeAll([recording], [exitsWith0(of)])[0]?.judgement;

test('what is demanded of servers is judged of the server', () => {
  expect(judged(both, undefined)).toEqual({ outcome: 'pass', message: 'well', evidence: [8] });
});

test('the worst client stands for all, is named, and its evidence is found in the whole recording', () => {
  expect(judged(both, ['client', 'pair'])).toMatchObject({
    outcome: 'fail',
    message: 'Client 2: it ended badly',
    evidence: [9],
  });
});

test('more than one is said, and a single client needs no number', () => {
  const ends = (process: number) =>
    [
      { type: 'spawned', ...ofClient(process), pid: 2, atMs: 1 },
      { type: 'exit', ...ofClient(process), pid: 2, code: 1, signal: null, atMs: 2 },
    ] as const;
  expect(judged(pairOf([...ends(0), ...ends(1), ...ends(2)]), ['client', 'pair'])).toMatchObject({
    message: 'Client 1: it ended badly (and 2 more of 3 clients)',
  });
  expect(judged(pairOf(ends(0)), ['client', 'pair'])).toMatchObject({ message: 'it ended badly' });
  expect(judged(pairOf([]), ['client', 'pair'])).toMatchObject({ outcome: 'not-applicable' });
});
