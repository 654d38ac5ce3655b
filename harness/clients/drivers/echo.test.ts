import { describe, expect, test } from 'vitest';
import { EchoDriver } from './echo.js';
import { fakeSink } from './fake-sink.js';

/** A driver that has sent `requests` messages; each of "ping c N\n" has 9 bytes. */
function driver({ requests = 1, trimmed = false, notice = 'SHUTDOWN' as string | undefined } = {}) {
  const { sink, said } = fakeSink();
  const echo = new EchoDriver(sink, { label: 'c', notice, trimmed });
  for (let exchange = 1; exchange <= requests; exchange += 1) echo.request(exchange, 'whole');
  return { echo, said };
}

type Options = Parameters<typeof driver>[0];

/** What is said of these bytes, however they come: at once, byte by byte, or cut in two at any place. */
function saidOf(text: string, options: Options = {}, ended = false): string[] {
  const bytes = Buffer.from(text);
  const cuts = [[0], Array.from(bytes.keys()), ...Array.from(bytes.keys(), (at) => [0, at])];
  const all = cuts.map((starts) => {
    const { echo, said } = driver(options);
    for (const [index, start] of starts.entries()) {
      const piece = bytes.subarray(start, starts[index + 1]);
      if (piece.length > 0) echo.receive(piece);
    }
    if (ended) echo.end();
    return said;
  });
  for (const said of all) expect(said).toEqual(all[0]);
  return all[0] ?? [];
}

const first = ['started 1', 'reply 1 of 9'];

describe('an echo, however its bytes are cut', () => {
  test.each<[string, string, string[], Options?]>([
    ['is a reply', 'ping c 1\n', first],
    [
      'of two messages is two replies',
      'ping c 1\nping c 2\n',
      [...first, 'started 2', 'reply 2 of 9'],
      { requests: 2 },
    ],
    ['and the notice after it', 'ping c 1\nSHUTDOWN\n', [...first, 'told']],
    ['and the notice before it', 'SHUTDOWN\nping c 1\n', ['told', ...first]],
    [
      'with the notice inside it',
      'ping cSHUTDOWN\n',
      ['started 1', 'truncated 1 at 6 of 9', 'told inside a reply'],
    ],
    ['and a notice without a newline', 'ping c 1\nSHUTDOWN', [...first, 'told']],
    ['and a notice that ends with CR LF', 'ping c 1\nSHUTDOWN\r\n', [...first, 'told']],
    ['and the notice twice', 'SHUTDOWN\nSHUTDOWN\n', ['told', 'told']],
    ['and the notice with something before it on its line', 'ping c 1\n[srv] SHUTDOWN\n', [...first, 'told']],
    [
      'without its newline is a reply where that is usual',
      'ping c 1',
      ['started 1', 'reply 1 of 8'],
      { trimmed: true },
    ],
    [
      'without and with its newline',
      'ping c 1ping c 2\nSHUTDOWN\n',
      ['started 1', 'reply 1 of 8', 'started 2', 'reply 2 of 8', 'told'],
      { requests: 2, trimmed: true },
    ],
    ['is no notice where none is declared', 'ping c 1\n', first, { notice: undefined }],
  ])('%s', (_title, text, said, options = {}) => {
    expect(saidOf(text, options)).toEqual(said);
  });

  test('that ends too early is truncated, by nothing or by something else', () => {
    expect(saidOf('ping', {}, true)).toEqual(['started 1', 'truncated 1 at 4 of 9']);
    expect(saidOf('ping???\n', {}, true)).toEqual([
      'started 1',
      'truncated 1 at 4 of 9',
      'unexpected "???\\n"',
    ]);
  });

  test('is the end of nothing when it was whole, or has not begun', () => {
    expect(saidOf('ping c 1\n', {}, true)).toEqual(first);
    expect(saidOf('', {}, true)).toEqual([]);
  });

  test('of half a notice is something unknown', () => {
    expect(saidOf('ping c 1\nSHUTD', {}, true)).toEqual([...first, 'unexpected "SHUTD"']);
  });

  test('after a greeting is a reply, also when the notice has come too', () => {
    expect(saidOf('hello\nping c 1\n')).toEqual(['unexpected "hello\\n"', ...first]);
    expect(saidOf('hello\nping c 1\nSHUTDOWN\n')).toEqual(['unexpected "hello\\n"', ...first, 'told']);
  });
});

describe('half a message', () => {
  function half() {
    const { echo, said } = driver({ requests: 0 });
    expect(echo.request(1, 'half-line').toString()).toBe('ping c 1');
    return { echo, said };
  }

  test('may come back, as from a server that echoes bytes', () => {
    const { echo, said } = half();
    echo.receive(Buffer.from('ping c 1SHUTDOWN\n'));
    expect(said).toEqual(['started 1', 'reply 1 of 8', 'told']);
  });

  test('need not come back, nor wholly: nobody has promised a reply to it', () => {
    const { echo, said } = half();
    echo.receive(Buffer.from('SHUTDOWN\n'));
    echo.end();
    expect(said).toEqual(['told']);
    const cut = half();
    cut.echo.receive(Buffer.from('ping'));
    cut.echo.end();
    expect(cut.said).toEqual(['started 1']);
    const told = half();
    told.echo.receive(Buffer.from('pingSHUTDOWN\n'));
    expect(told.said).not.toContain(expect.stringContaining('truncated'));
  });
});

test('a large message is one line, and comes back in pieces', () => {
  const { echo, said } = driver({ requests: 0 });
  const bytes = echo.request(1, 'bulk');
  expect(bytes.indexOf('\n')).toBe(bytes.length - 1);
  expect(bytes.length).toBeGreaterThan(30_000);
  for (let at = 0; at < bytes.length; at += 1460) echo.receive(bytes.subarray(at, at + 1460));
  expect(said).toEqual(['started 1', `reply 1 of ${bytes.length}`]);
});

test('nonsense is clipped, also when no line of it ends', () => {
  const { echo, said } = driver({ requests: 0 });
  echo.receive(Buffer.alloc(5000, 'x'));
  expect(said).toEqual([`unexpected "${'x'.repeat(200)}"`]);
});
