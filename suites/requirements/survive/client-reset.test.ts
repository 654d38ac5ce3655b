import { expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { surviveClientReset } from './client-reset.js';

const begin: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'ready', atMs: 50 },
  { type: 'connected', client: 'vanishing-1', role: 'vanishing', localPort: 1, atMs: 60 },
  { type: 'request', client: 'vanishing-1', exchange: 1, bytes: 5, part: 'whole', atMs: 65 },
  { type: 'left', client: 'vanishing-1', how: 'rst', atMs: 100 },
];
const canary: Written = { type: 'connected', client: 'canary-2', role: 'canary', localPort: 2, atMs: 110 };
const request: Written = {
  type: 'request',
  client: 'canary-2',
  exchange: 1,
  bytes: 5,
  part: 'whole',
  atMs: 112,
};
const reply: Written = { type: 'reply', client: 'canary-2', exchange: 1, bytes: 5, atMs: 115 };
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 500 };
const exit = (code: number | null, signal: NodeJS.Signals | null, atMs: number): Written => ({
  type: 'exit',
  pid: 7,
  code,
  signal,
  atMs,
});
const vanished: Given = { run: { scenario: 'vanished-client' } };

const judge = (events: readonly Written[], given: Given = vanished) =>
  verdictOf(surviveClientReset, recordingOf([...begin, ...events], given));

test('a canary that is served after the reset passes', () => {
  expect(judge([canary, request, reply, stop, exit(0, null, 600)])).toMatchObject({
    outcome: 'pass',
    evidence: [4, 6, 7],
  });
});

test('for a protocol without exchanges the connection is enough', () => {
  expect(judge([canary, stop], { ...vanished, contract: { protocol: 'tcp' } }).outcome).toBe('pass');
});

test('a server that goes down by the reset fails', () => {
  expect(judge([exit(null, 'SIGPIPE', 130)])).toMatchObject({
    outcome: 'fail',
    message:
      'The server (pid 7) went down with death by SIGPIPE, 30 ms after a client (vanishing-1) reset its connection.',
    evidence: [4, 5],
  });
  expect(judge([canary, request, reply, exit(1, null, 130), stop]).outcome).toBe('fail');
});

test('a canary that cannot connect fails', () => {
  const refused: Written = {
    type: 'connect-failed',
    client: 'canary-2',
    role: 'canary',
    code: 'ECONNREFUSED',
    atMs: 110,
  };
  expect(judge([refused, stop])).toMatchObject({
    outcome: 'fail',
    observed: 'the next client could not connect (ECONNREFUSED)',
    evidence: [4, 5],
  });
});

test('a canary that gets no reply fails', () => {
  const silence: Written = { type: 'no-reply', client: 'canary-2', exchange: 1, waitedMs: 300, atMs: 412 };
  expect(judge([canary, request, silence, stop])).toMatchObject({
    outcome: 'fail',
    observed: 'the next client got no reply',
  });
});

test.each<[string, Written]>([
  ['FIN', { type: 'fin', client: 'canary-2', atMs: 120 }],
  ['a reset, ECONNRESET', { type: 'rst', client: 'canary-2', code: 'ECONNRESET', atMs: 120 }],
])('a canary that gets %s instead of a reply fails', (what, end) => {
  expect(judge([canary, request, end, stop])).toMatchObject({
    outcome: 'fail',
    observed: `the next client got ${what} instead of a reply`,
  });
});

test('a canary that is cut off before it could ask fails', () => {
  expect(judge([canary, { type: 'fin', client: 'canary-2', atMs: 111 }, stop]).outcome).toBe('fail');
});

test('the end of a connection after the stop signal is no failure, and no proof', () => {
  expect(judge([canary, request, stop, { type: 'fin', client: 'canary-2', atMs: 520 }]).outcome).toBe(
    'untested',
  );
});

test('a canary before the reset is no proof', () => {
  const before = [canary, request, reply].map((event) => ({ ...event, atMs: event.atMs - 60 }) as Written);
  expect(judge([...before, stop]).outcome).toBe('untested');
});

test('a run in which nobody vanished is untested', () => {
  expect(verdictOf(surviveClientReset, recordingOf([canary, request, reply], vanished))).toMatchObject({
    outcome: 'untested',
    message: 'no client reset its connection in this run',
  });
});

test('does not apply where no client vanishes, or none is declared, or the server was gone before', () => {
  expect(judge([canary, request, reply], {}).outcome).toBe('not-applicable');
  expect(judge([stop], { ...vanished, contract: { protocol: 'none' } }).outcome).toBe('not-applicable');
  expect(judge([exit(1, null, 90)]).outcome).toBe('not-applicable');
});

test('only canaries of the first instance, between the reset and the stop, prove anything', () => {
  const refused = (over: object): Written =>
    ({
      type: 'connect-failed',
      client: 'x',
      role: 'canary',
      code: 'ECONNREFUSED',
      atMs: 120,
      ...over,
    }) as Written;
  const good = [canary, request, reply, stop];
  expect(judge([...good, refused({})]).outcome).toBe('fail');
  for (const over of [{ role: 'busy' }, { instance: 1 }, { atMs: 80 }, { atMs: 520 }]) {
    expect(judge([...good, refused(over)]).outcome, JSON.stringify(over)).toBe('pass');
  }
  for (const over of [{ role: 'busy' }, { instance: 1 }]) {
    expect(judge([{ ...canary, ...over } as Written, request, reply, stop]).outcome).toBe('untested');
  }
});

test('the reset of another client, or a FIN of a vanishing one, is not what the run is about', () => {
  const other: Written[] = [
    { type: 'connected', client: 'busy-1', role: 'busy', localPort: 3, atMs: 60 },
    { type: 'left', client: 'busy-1', how: 'rst', atMs: 70 },
  ];
  const politely = { ...begin[4], how: 'fin' } as Written;
  for (const events of [other, [...begin.slice(0, 4), politely]]) {
    expect(
      verdictOf(surviveClientReset, recordingOf([...events, canary, request, reply], vanished)),
    ).toMatchObject({
      outcome: 'untested',
      message: 'no client reset its connection in this run',
    });
  }
});
