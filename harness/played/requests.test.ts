import { expect, test } from 'vitest';
import type { Ending } from './messages.js';
import { longestMessage, Requests } from './requests.js';

function taken(ending: Ending | 'unknown', ...pieces: readonly string[]) {
  const found = {
    requests: [] as string[],
    ending: undefined as Ending | undefined,
    tooLong: 0,
    other: undefined as string | undefined,
  };
  const requests = new Requests({
    ending,
    onRequest: (bytes) => found.requests.push(bytes.toString()),
    onEnding: (one) => {
      found.ending = one;
    },
    onTooLong: () => {
      found.tooLong += 1;
    },
    onOther: (protocol) => {
      found.other = protocol;
    },
  });
  for (const piece of pieces) requests.receive(Buffer.from(piece));
  return { found, requests };
}

test('a line is a request, in whatever pieces it comes', () => {
  expect(taken('\n', 'on', 'e\ntwo\nth', 'ree\nfo').found.requests).toEqual(['one\n', 'two\n', 'three\n']);
});

test('without an ending each piece is a request', () => {
  expect(taken('', 'Hello', ' world\n').found.requests).toEqual(['Hello', ' world\n']);
});

test('a newline in the first bytes says that messages are lines', () => {
  expect(taken('unknown', 'one\n').found).toMatchObject({ ending: '\n', requests: ['one\n'] });
  expect(taken('unknown', 'one\r\n').found).toMatchObject({ ending: '\r\n', requests: ['one\r\n'] });
  expect(taken('unknown', 'on', 'e\n').found).toMatchObject({ ending: '\n', requests: ['one\n'] });
});

test('bytes that no newline follows are a message without an ending', async () => {
  const { found, requests } = taken('unknown', 'Hello', ', world');
  expect(found.requests).toEqual([]);
  await expect.poll(() => found).toMatchObject({ ending: '', requests: ['Hello, world'] });
  requests.receive(Buffer.from('again'));
  expect(found.requests.at(-1)).toBe('again');
});

test.each([
  ['HTTP', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['TLS', '\x16\x03\x01\x02\0'],
])('the first bytes of %s are no message', (protocol, bytes) => {
  expect(taken('unknown', bytes).found).toMatchObject({ other: protocol, requests: [] });
  expect(taken('unknown', bytes.slice(0, 3), bytes.slice(3)).found).toMatchObject({ other: protocol });
});

test('a message that speaks of HTTP is a message', () => {
  expect(taken('unknown', 'GET HTTP\n').found).toMatchObject({ other: undefined, requests: ['GET HTTP\n'] });
});

test('a message that does not end is not kept for ever', () => {
  const { found } = taken('\n', 'x'.repeat(longestMessage), 'x');
  expect(found).toMatchObject({ tooLong: 1, requests: [] });
});
