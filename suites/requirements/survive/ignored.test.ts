import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { surviveIgnored } from './ignored.js';

const ask = (client: string, exchange: number, atMs: number): Written => ({
  type: 'request',
  client,
  exchange,
  bytes: 5,
  part: 'whole',
  atMs,
});
const answer = (client: string, exchange: number, atMs: number): Written => ({
  type: 'reply',
  client,
  exchange,
  bytes: 5,
  atMs,
});
const start: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'connected', client: 'idle-1', role: 'idle', localPort: 1, atMs: 60 },
  ask('idle-1', 1, 65),
  answer('idle-1', 1, 70),
];
const hangup: Written = { type: 'signal', signal: 'SIGHUP', pid: 7, atMs: 100 };
const asksAgain = [ask('idle-1', 2, 120), answer('idle-1', 2, 125)];
const canary: Written = { type: 'connected', client: 'canary-2', role: 'canary', localPort: 2, atMs: 110 };
const served = [canary, ask('canary-2', 1, 112), answer('canary-2', 1, 115)];
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 500 };
const exit = (atMs: number): Written => ({ type: 'exit', pid: 7, code: null, signal: 'SIGHUP', atMs });
const given: Given = {
  run: { scenario: 'ignored-signal', signal: 'SIGHUP' },
  contract: { ignoreSignals: ['SIGHUP'] },
};

const judge = (events: readonly Written[], other: Given = given) =>
  verdictOf(surviveIgnored, recordingOf([...start, ...events], other));

test('old and new clients that are served after the signal pass', () => {
  expect(judge([hangup, ...asksAgain, ...served, stop])).toMatchObject({
    outcome: 'pass',
    message: 'After SIGHUP a new client (canary-2) was served, and so were 1 that it had before.',
  });
});

test('what clients are told after the stop signal is no failure', () => {
  const told: Written = { type: 'told', client: 'idle-1', framed: true, atMs: 510 };
  expect(judge([hangup, ...asksAgain, ...served, stop, told, exit(600)]).outcome).toBe('pass');
});

test('a server that ends by the signal fails', () => {
  expect(judge([hangup, exit(103)])).toMatchObject({
    outcome: 'fail',
    message:
      'SIGHUP is declared as ignored, but the server (pid 7) ended with death by SIGHUP 3 ms after it.',
    evidence: [4, 5],
  });
});

test('a client that is told fails', () => {
  const told: Written = { type: 'told', client: 'idle-1', framed: true, atMs: 110 };
  expect(judge([hangup, told, ...asksAgain, ...served, stop])).toMatchObject({
    outcome: 'fail',
    observed: 'client idle-1 was told that the server stops',
  });
});

test.each<[string, readonly Written[], string]>([
  ['is closed', [{ type: 'fin', client: 'idle-1', atMs: 105 }], 'was closed by the server (FIN) after it'],
  [
    'is reset in its exchange',
    [ask('idle-1', 2, 120), { type: 'rst', client: 'idle-1', code: 'ECONNRESET', atMs: 125 }],
    'got a reset, ECONNRESET instead of a reply after it',
  ],
  [
    'gets no reply',
    [ask('idle-1', 2, 120), { type: 'no-reply', client: 'idle-1', exchange: 2, waitedMs: 300, atMs: 420 }],
    'got no reply after it',
  ],
])('an old client that %s fails', (_, events, text) => {
  expect(judge([hangup, ...events, ...served, stop])).toMatchObject({
    outcome: 'fail',
    observed: `client idle-1 ${text}`,
  });
});

test('a new client that is refused fails', () => {
  const refused: Written = {
    type: 'connect-failed',
    client: 'canary-2',
    role: 'canary',
    code: 'ECONNREFUSED',
    atMs: 110,
  };
  expect(judge([hangup, ...asksAgain, refused, stop]).outcome).toBe('fail');
});

test('a new client that gets no reply fails', () => {
  const silence: Written = { type: 'no-reply', client: 'canary-2', exchange: 1, waitedMs: 300, atMs: 412 };
  expect(judge([hangup, ...asksAgain, canary, ask('canary-2', 1, 112), silence, stop]).outcome).toBe('fail');
});

test('an old client that was not asked again, or no new one, is untested', () => {
  expect(judge([hangup, ...served, stop]).outcome).toBe('untested');
  expect(judge([hangup, ...asksAgain, stop]).outcome).toBe('untested');
});

test('a run without the signal is untested', () => {
  expect(judge([...asksAgain, ...served]).outcome).toBe('untested');
});

test('without clients, an end that was asked for proves that the target lived on', () => {
  const contract = { ignoreSignals: ['SIGHUP' as const], protocol: 'none' as const };
  const alone = (events: Written[]) =>
    verdictOf(surviveIgnored, recordingOf([hangup, ...events], { ...given, contract })).outcome;
  expect(alone([stop, { type: 'exit', pid: 7, code: 0, signal: null, atMs: 600 }])).toBe('pass');
  expect(alone([{ type: 'ended-by-harness', reason: '', pids: [7], atMs: 600 }])).toBe('pass');
  expect(alone([{ type: 'ended-by-harness', reason: '', pids: [7], atMs: 90 }])).toBe('untested');
  expect(alone([{ type: 'moment', moment: 'x', atMs: 600 }])).toBe('untested');
  expect(alone([exit(110)])).toBe('fail');
  expect(alone([])).toBe('untested');
});

test('does not apply to other runs, nor where nothing is declared as ignored', () => {
  expect(judge([hangup, exit(103)], { contract: { ignoreSignals: ['SIGHUP'] } }).outcome).toBe(
    'not-applicable',
  );
  expect(judge([hangup, exit(103)], { run: { scenario: 'ignored-signal' } }).outcome).toBe('not-applicable');
});
