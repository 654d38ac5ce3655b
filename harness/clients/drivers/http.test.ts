import { describe, expect, test } from 'vitest';
import { fakeSink } from './fake-sink.js';
import { HttpDriver } from './http.js';

function driver(requests = 1) {
  const { sink, said } = fakeSink();
  const http = new HttpDriver(sink, { host: '127.0.0.1:8080', path: '/' });
  for (let exchange = 1; exchange <= requests; exchange += 1) http.request(exchange, 'whole', undefined);
  return { http, said };
}

/** What is said of these bytes, at once and byte by byte. */
function saidOf(
  text: string,
  { requests = 1, end }: { requests?: number; end?: 'fin' | 'rst' } = {},
): string[] {
  const [together, single] = [[Buffer.from(text)], Array.from(Buffer.from(text), (byte) => Buffer.of(byte))];
  const all = [together, single].map((pieces) => {
    const { http, said } = driver(requests);
    for (const piece of pieces) http.receive(piece);
    if (end) http.end(end);
    return said;
  });
  expect(all[1]).toEqual(all[0]);
  return all[0] ?? [];
}

const head = 'HTTP/1.1 200 OK\r\n';
const hello = `${head}Content-Length: 5\r\n\r\nhello`;
const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`;
const first = ['started 1', 'reply 1 of 5 status 200'];

describe('a reply, whole or byte by byte', () => {
  test.each<[string, string, string[]]>([
    ['with a length', hello, first],
    ['without a body', 'HTTP/1.1 204 No Content\r\n\r\n', ['started 1', 'reply 1 of 0 status 204']],
    ['in chunks', `${chunked}3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n`, first],
    ['in chunks, with trailers', `${chunked}5;x=y\r\nhello\r\n0\r\nA: b\r\n\r\n`, first],
    ['with lines that end with LF only', hello.replaceAll('\r', ''), first],
    ['after an interim one', `HTTP/1.1 100 Continue\r\n\r\n${hello}`, first],
    ['after several interim ones', `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n`.repeat(2) + hello, first],
    [
      'that says that it closes',
      `${head}connection: Close\r\nContent-Length: 0\r\n\r\n`,
      ['started 1', 'reply 1 of 0 status 200 close'],
    ],
    [
      'of HTTP/1.0',
      'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n',
      ['started 1', 'reply 1 of 0 status 200 close'],
    ],
  ])('%s', (_title, text, said) => {
    expect(saidOf(text)).toEqual(said);
    expect(saidOf(text, { end: 'fin' })).toEqual(said);
  });

  test('until the end of the connection is complete then, and not when the connection is reset', () => {
    expect(saidOf(`${head}\r\nhello`)).toEqual(['started 1']);
    expect(saidOf(`${head}\r\nhello`, { end: 'fin' })).toEqual([
      'started 1',
      'reply 1 of 5 status 200 close',
    ]);
    expect(saidOf(`${head}\r\nhello`, { end: 'rst' })).toEqual(['started 1', 'truncated 1 at 5 of null']);
  });

  test.each<[string, string, string]>([
    ['in its first line', 'HTTP/1.1 2', 'truncated 1 at 0 of null'],
    ['in its headers', `${head}Content-Le`, 'truncated 1 at 0 of null'],
    ['in its body', hello.slice(0, -2), 'truncated 1 at 3 of 5'],
    ['before its body', hello.slice(0, -5), 'truncated 1 at 0 of 5'],
    ['in a chunk', `${chunked}5\r\nhel`, 'truncated 1 at 3 of null'],
    ['before its last chunk', `${chunked}5\r\nhello\r\n`, 'truncated 1 at 5 of null'],
    ['in its last chunk', `${chunked}5\r\nhello\r\n0\r\n`, 'truncated 1 at 5 of null'],
  ])('that ends %s is truncated', (_where, text, said) => {
    for (const end of ['fin', 'rst'] as const) expect(saidOf(text, { end })).toEqual(['started 1', said]);
  });
});

describe('several replies', () => {
  test('pipelined ones belong to their requests in order', () => {
    const second = ['started 2', 'reply 2 of 5 status 200'];
    expect(saidOf(hello + hello, { requests: 2 })).toEqual([...first, ...second]);
  });

  test.each(['HTTP/1', head, hello.slice(0, -1)])('one that was cut behind a whole one: %j', (cut) => {
    const expected = expect.stringMatching(/^truncated 2 at/);
    expect(saidOf(hello + cut, { requests: 2, end: 'fin' })).toEqual([...first, 'started 2', expected]);
  });

  test('one that nobody asked for is unexpected, and takes no request’s place', () => {
    const timeout = 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n';
    expect(saidOf(hello + timeout)).toEqual([...first, 'unexpected "HTTP status 408, not asked for"']);
    const { http, said } = driver(0);
    http.receive(Buffer.from(timeout.slice(0, 10)));
    http.request(1, 'whole', undefined);
    http.receive(Buffer.from(timeout.slice(10) + hello));
    expect(said).toEqual(['unexpected "HTTP status 408, not asked for"', ...first]);
  });

  test('an empty line between two is nobody’s', () => {
    const { http, said } = driver(1);
    http.receive(Buffer.from(hello));
    http.receive(Buffer.from('\r\n'));
    http.request(2, 'whole', undefined);
    http.receive(Buffer.from(hello));
    http.receive(Buffer.from('\r\n'));
    http.end('fin');
    expect(said).toEqual([...first, 'started 2', 'reply 2 of 5 status 200']);
  });

  test('an interim reply is no reply to a connection that ends', () => {
    expect(saidOf('HTTP/1.1 100 Continue\r\n\r\n', { end: 'fin' })).not.toContainEqual(
      expect.stringMatching(/^reply/),
    );
  });
});

describe('what is no HTTP', () => {
  test('is unexpected, and what follows is not guessed at', () => {
    const { http, said } = driver();
    http.receive(Buffer.from('SSH-2.0-OpenSSH\r\n'));
    http.receive(Buffer.from(hello));
    http.end('fin');
    expect(said.filter((words) => words.startsWith('reply'))).toEqual([]);
    expect(said).toContain('unexpected "SSH-2.0-OpenSSH\\r\\n"');
  });
});

test('requests are whole, or lack what they are said to lack', () => {
  const { http } = driver(0);
  const text = (part: 'whole' | 'half-headers' | 'half-body') => http.request(1, part, '/slow').toString();
  expect(text('whole')).toMatch(/^GET \/slow HTTP\/1.1\r\nHost: 127.0.0.1:8080\r\n(.+\r\n)+\r\n$/);
  expect(text('half-headers')).not.toMatch(/\n\r?\n/);
  const body = text('half-body');
  const declared = Number(/Content-Length: (\d+)/.exec(body)?.[1]);
  expect(body.split('\r\n\r\n')[1]?.length).toBe(declared / 2);
});
