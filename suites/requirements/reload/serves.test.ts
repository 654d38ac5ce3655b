import { describe, expect, test } from 'vitest';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { reloadServes } from './serves.js';

const ask = (exchange: number, atMs: number, client = 'load-1'): Written => ({
  type: 'request',
  client,
  exchange,
  bytes: 5,
  part: 'whole',
  atMs,
});
const answer = (exchange: number, atMs: number, status?: number): Written => ({
  type: 'reply',
  client: 'load-1',
  exchange,
  bytes: 5,
  atMs,
  ...(status === undefined ? {} : { status }),
});
const start: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  { type: 'connected', client: 'load-1', role: 'load', localPort: 1, atMs: 60 },
  ask(1, 65),
  answer(1, 70, 200),
];
const reload: Written = { type: 'signal', signal: 'SIGHUP', pid: 7, atMs: 100 };
const again = [ask(2, 120), answer(2, 125)];
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 500 };
const fin = (atMs: number): Written => ({ type: 'fin', client: 'load-1', atMs });
const contract = { reloadSignals: ['SIGHUP' as const] };
const given: Given = { run: { scenario: 'reload-under-load', signal: 'SIGHUP' }, contract };
const http: Given = { ...given, contract: { ...contract, protocol: 'http' } };

const judge = (events: readonly Written[], other: Given = given) =>
  verdictOf(reloadServes, recordingOf([...start, ...events], other));

test('a load that is served across the reload passes', () => {
  expect(judge([reload, ...again, stop])).toMatchObject({
    outcome: 'pass',
    message: 'All requests after SIGHUP were served (1).',
    evidence: [4, 6],
  });
});

test('a server that ends by the reload fails', () => {
  const exit: Written = { type: 'exit', pid: 7, code: null, signal: 'SIGHUP', atMs: 105 };
  expect(judge([reload, exit])).toMatchObject({
    outcome: 'fail',
    message: 'SIGHUP is declared as reload, but the server (pid 7) ended with death by SIGHUP 5 ms after it.',
  });
});

test('a connection that is refused fails', () => {
  const refused: Written = {
    type: 'connect-failed',
    client: 'load-2',
    role: 'load',
    code: 'ECONNREFUSED',
    atMs: 130,
  };
  expect(judge([reload, ...again, refused, stop])).toMatchObject({
    outcome: 'fail',
    message: 'Client load-2 could not connect (ECONNREFUSED), 30 ms after SIGHUP (reload).',
    observed: '1 of 2 failed: load-2 could not connect (ECONNREFUSED)',
    evidence: [4, 7],
  });
});

test.each<[string, Written]>([
  ['FIN instead of a reply', fin(150)],
  ['a reset instead of a reply', { type: 'rst', client: 'load-1', code: 'ECONNRESET', atMs: 150 }],
  ['no reply', { type: 'no-reply', client: 'load-1', exchange: 3, waitedMs: 300, atMs: 435 }],
  [
    'only a part of a reply',
    { type: 'reply-truncated', client: 'load-1', exchange: 3, receivedBytes: 2, expectedBytes: 5, atMs: 150 },
  ],
])('a request that gets %s fails', (what, event) => {
  expect(judge([reload, ...again, ask(3, 135), event, stop])).toMatchObject({
    outcome: 'fail',
    message: expect.stringContaining(`Client load-1 got ${what}`),
  });
});

test('a request that was under way when the reload came counts too', () => {
  expect(judge([ask(2, 99), reload, fin(101), stop]).outcome).toBe('fail');
});

test('a server error that only the reload brings fails', () => {
  expect(judge([reload, ask(2, 120), answer(2, 125, 502), stop], http)).toMatchObject({
    outcome: 'fail',
    message: expect.stringContaining('got status 502'),
  });
});

test('an idle HTTP connection that is closed while it is reused is a race that clients know', () => {
  const fresh: Written[] = [
    { type: 'connected', client: 'load-2', role: 'load', localPort: 2, atMs: 200 },
    ask(1, 205, 'load-2'),
    { ...answer(1, 210), client: 'load-2' } as Written,
  ];
  expect(judge([reload, ask(2, 120), fin(121), ...fresh, stop], http).outcome).toBe('pass');
  // Not for the first request of a connection, not when a reply had begun, and not for other protocols.
  const first: Written[] = [
    { type: 'connected', client: 'load-2', role: 'load', localPort: 2, atMs: 200 },
    ask(1, 205, 'load-2'),
    { type: 'fin', client: 'load-2', atMs: 206 },
  ];
  expect(judge([reload, ...again, ...first, stop], http).outcome).toBe('fail');
  const begun: Written = { type: 'reply-started', client: 'load-1', exchange: 2, atMs: 120 };
  expect(judge([reload, ask(2, 120), begun, fin(121), ...fresh, stop], http).outcome).toBe('fail');
  expect(judge([reload, ask(2, 120), fin(121), ...fresh, stop]).outcome).toBe('fail');
});

test('what fails before the reload, or after the stop signal, does not count', () => {
  expect(judge([ask(2, 80), fin(85), reload, stop]).outcome).toBe('untested');
  expect(judge([reload, ...again, stop, ask(3, 510), fin(515)]).outcome).toBe('pass');
});

test('a client that leaves by itself, and half a request, are no failures', () => {
  const left: Written = { type: 'left', client: 'load-1', how: 'fin', atMs: 140 };
  expect(judge([reload, ...again, ask(3, 135), left, stop]).outcome).toBe('pass');
  const half = { ...ask(3, 135), part: 'half-line' } as Written;
  expect(judge([reload, ...again, half, fin(140), stop]).outcome).toBe('pass');
});

test('a page that always answers 500 says nothing, so it is untested', () => {
  const events: Written[] = [
    { type: 'connected', client: 'load-1', role: 'load', localPort: 1, atMs: 60 },
    ask(1, 65),
    answer(1, 70, 500),
    reload,
    ask(2, 120),
    answer(2, 125, 500),
  ];
  expect(verdictOf(reloadServes, recordingOf(events, http)).outcome).toBe('untested');
});

test('for a protocol without exchanges the connections count', () => {
  const tcp: Given = { ...given, contract: { ...contract, protocol: 'tcp' } };
  const fresh: Written = { type: 'connected', client: 'load-2', role: 'load', localPort: 2, atMs: 200 };
  expect(judge([reload, fresh, stop], tcp).outcome).toBe('pass');
  expect(judge([reload, stop], tcp).outcome).toBe('untested');
});

test('without the signal, or without a request after it, it is untested', () => {
  expect(judge([...again]).outcome).toBe('untested');
  expect(judge([reload, stop]).outcome).toBe('untested');
});

test('does not apply to other runs, nor where no reload or no client is declared', () => {
  expect(judge([reload, ...again], { contract }).outcome).toBe('not-applicable');
  expect(judge([reload, ...again], { run: { scenario: 'reload-under-load' } }).outcome).toBe(
    'not-applicable',
  );
  expect(judge([reload], { ...given, contract: { ...contract, protocol: 'none' } }).outcome).toBe(
    'not-applicable',
  );
});

test('several failures are counted', () => {
  const refused = (client: string): Written => ({
    type: 'connect-failed',
    client,
    role: 'load',
    code: 'ECONNREFUSED',
    atMs: 130,
  });
  expect(judge([reload, ...again, refused('load-2'), stop]).message).not.toContain('in all');
  expect(judge([reload, ...again, refused('load-2'), refused('load-3'), stop]).message).toContain(
    '(2 failures in all)',
  );
});

test('only the load on the first instance counts', () => {
  const refused = (over: object): Written =>
    ({
      type: 'connect-failed',
      client: 'x',
      role: 'load',
      code: 'ECONNREFUSED',
      atMs: 130,
      ...over,
    }) as Written;
  for (const over of [{ role: 'canary' }, { instance: 1 }, { atMs: 90 }, { atMs: 510 }]) {
    expect(judge([reload, ...again, refused(over), stop]).outcome, JSON.stringify(over)).toBe('pass');
  }
  for (const over of [{ role: 'busy' as const }, { instance: 1 }]) {
    const events = [{ ...start[1], ...over } as Written, ...start.slice(2), reload, ...again, stop];
    expect(verdictOf(reloadServes, recordingOf(events, given)).outcome, JSON.stringify(over)).toBe(
      'untested',
    );
  }
});

describe('a request that arrives together with the reload', () => {
  const frozen: Written = { type: 'frozen', pids: [7], atMs: 90 };
  const written: Written[] = [
    ask(2, 92),
    { type: 'request-queued', client: 'load-1', exchange: 2, atMs: 95 },
  ];
  const thawed: Written = { type: 'thawed', atMs: 105 };
  /** Somebody else is served all the time. */
  const other: Written[] = [
    { type: 'connected', client: 'load-2', role: 'load', localPort: 2, atMs: 200 },
    ask(1, 205, 'load-2'),
    { ...answer(1, 210), client: 'load-2' } as Written,
  ];
  const together = (events: readonly Written[], as: Given = given) =>
    judge([frozen, ...written, reload, thawed, ...other, ...events, stop], as);

  test('passes when it is answered', () => {
    expect(together([answer(2, 110)])).toMatchObject({
      outcome: 'pass',
      message: 'All requests after SIGHUP were served (1), and so was the one that arrived together with it.',
    });
  });

  test.each<[string, Written]>([
    ['FIN', fin(110)],
    ['a reset', { type: 'rst', client: 'load-1', code: 'ECONNRESET', atMs: 110 }],
  ])('fails with %s instead: for HTTP too, since the connection was not idle', (what, end) => {
    for (const as of [given, http]) {
      expect(together([end], as)).toMatchObject({
        outcome: 'fail',
        message: `Client load-1 got ${what} instead of a reply, 5 ms after SIGHUP (reload).`,
        observed: expect.stringContaining('1 of 2 failed'),
      });
    }
  });

  test('fails when no answer comes', () => {
    const silence: Written = { type: 'no-reply', client: 'load-1', exchange: 2, waitedMs: 300, atMs: 450 };
    expect(together([silence])).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining('load-1 got no reply'),
    });
  });

  test('is untested when nothing more was seen of it', () => {
    for (const events of [[], [answer(2, 510)]]) {
      expect(together(events)).toMatchObject({
        outcome: 'untested',
        message: 'what became of the request that arrived together with SIGHUP was not seen',
      });
    }
  });
});
