import { describe, expect, test } from 'vitest';
import { recordingOf } from '../../testing/recording-builder.js';
import { findTraceback, matchTraceback } from './find-traceback.js';
import { tracebackPatterns } from './patterns.js';

describe('every pattern', () => {
  test.each(tracebackPatterns.map((entry) => [entry.runtime, entry] as const))(
    '%s matches its own example, and the table names that runtime',
    (_, { pattern, example, runtime }) => {
      expect(pattern.exec(example)?.index).toBe(0);
      expect(matchTraceback(example)?.runtime).toBe(runtime);
    },
  );

  test.each(tracebackPatterns.map((entry) => [entry.runtime, entry] as const))(
    '%s finds its example among other lines',
    (_, { example, runtime }) => {
      const text = `listening on 8080\n${example}\nbye\n`;
      expect(matchTraceback(text)).toMatchObject({ runtime, start: 18 });
    },
  );

  test('has none without an example of more than a word', () => {
    expect(tracebackPatterns.every(({ example }) => example.includes(' '))).toBe(true);
  });

  test('covers the runtimes that the requirement names', () => {
    const runtimes = new Set(tracebackPatterns.map(({ runtime }) => runtime));
    for (const runtime of [
      'Python',
      'Node',
      'Go',
      'JVM',
      'Rust',
      'Ruby',
      'PHP',
      '.NET',
      'Perl',
      'Erlang',
      'Elixir',
    ]) {
      expect(runtimes).toContain(runtime);
    }
    expect(runtimes).toContain('C/C++ sanitizer');
  });

  test('is quick on a long line and on many lines', () => {
    const texts = [
      'x.Error at '.repeat(40_000),
      'a: b (Error) at x line 3\n'.repeat(20_000),
      'Error: no\n'.repeat(40_000),
    ];
    const startedMs = performance.now();
    for (const text of texts) matchTraceback(text);
    // Without the wrapping of long lines it takes 40 s, with it well under one.
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });
});

const more: readonly [string, string, string][] = [
  [
    'Python',
    'a logged exception',
    '2025-01-01 ERROR Traceback (most recent call last):\n  File "a.py", line 1\nOSError: x',
  ],
  [
    'Python',
    'an exception group',
    '  + Exception Group Traceback (most recent call last):\n  |   File "a.py", line 1\n  | E: x',
  ],
  [
    'Node',
    "an unhandled 'error' event",
    "node:events:497\n      throw er; // Unhandled 'error' event\n      ^\n\nError: read ECONNRESET\n    at TCP.onStreamRead (node:internal/stream_base_commons:216:20)\n\nNode.js v20.20.0",
  ],
  [
    'Node',
    'a rejection without an error',
    'node:internal/process/promises:394\n      triggerUncaughtException(err, true /* fromPromise */);\n      ^\n\n[UnhandledPromiseRejection: This error originated]',
  ],
  [
    'Go',
    'a panic of a handler',
    '2025/01/01 10:00:00 http: panic serving 127.0.0.1:5000: boom\ngoroutine 34 [running]:\nmain.main()',
  ],
  [
    'Go',
    'the default action of SIGQUIT',
    'SIGQUIT: quit\nPC=0x46b281 m=0 sigcode=0\n\ngoroutine 0 [idle]:\nruntime.futex()',
  ],
  ['Rust', 'a panic with a thread id', "thread 'main' (4242) panicked at src/main.rs:4:5:\nboom"],
  [
    'JVM',
    'a logged stack',
    '10:00 ERROR c.e.Server - java.net.SocketException: Socket closed\n\tat java.net.Socket.read(Socket.java:9)',
  ],
  [
    'PHP',
    'an error with the date',
    '[20-Nov-2024 10:00:00 UTC] PHP Fatal error:  Allowed memory size exhausted in /a.php on line 3',
  ],
  [
    'Node',
    'a thrown number',
    '[eval]:1\nthrow 3\n^\n\n3\n(Use `node --trace-uncaught ...`)\n\nNode.js v20.20.2',
  ],
  ['Node', 'Deno', 'error: Uncaught (in promise) Error: boom\n    at file:///srv/a.ts:3:9'],
];

test.each(more)('finds %s: %s', (runtime, _, text) => {
  expect(matchTraceback(`ready\n${text}\n`)).toMatchObject({ runtime });
});

const innocent: readonly [string, string][] = [
  ['a log line with "error"', 'ERROR: could not reach the cache, trying again'],
  ['an exception that was handled', 'exception handled: java.net.SocketException: Connection reset'],
  ['a word', 'Traceback disabled'],
  [
    'a Node deprecation warning',
    '(node:12) [DEP0005] DeprecationWarning: Buffer() is deprecated\n(Use `node --trace-deprecation ...` to show where the warning was created)',
  ],
  [
    'a Node warning with its stack',
    '(node:12) MaxListenersExceededWarning: Possible leak detected. Error: no\n    at _addListener (node:events:587:17)',
  ],
  [
    'a Node warning whose stack passes through a function with "Error" in its name',
    '(node:7) [DEP0005] DeprecationWarning: Buffer() is deprecated\n    at showFlaggedDeprecation (node:buffer:192:11)\n    at genericNodeError (node:internal/errors:984:15)\n    at node:internal/x:1:2',
  ],
  ['console.trace', 'Trace: here\n    at Object.<anonymous> (/srv/a.js:1:9)'],
  [
    'a Python warning',
    'a.py:3: DeprecationWarning: There is no current event loop\n  loop = asyncio.get_event_loop()',
  ],
  [
    'a JVM thread dump on SIGQUIT',
    'Full thread dump OpenJDK 64-Bit Server VM (17.0.1 mixed mode):\n\n"main" #1 prio=5 os_prio=0 tid=0x00007f runnable\n   java.lang.Thread.State: RUNNABLE\n\tat java.net.PlainSocketImpl.accept(java.base@17/Native Method)\n\tat srv.Main.main(Main.java:5)',
  ],
  ['a Perl warning', 'Use of uninitialized value $x in print at srv.pl line 3.'],
  ['a Go error', '2025/01/01 10:00:00 http: Server closed'],
  ['a Go log of the word', 'panic button was not pressed'],
  ['a fatal error without a stack', 'Fatal error: could not open config'],
  ['a Ruby log line', 'srv.rb:4: warning: already initialized constant X'],
  ['a closing line', 'SIGTERM received, 3 clients told, terminating'],
  ['an HTTP log', '10.0.0.1 "GET /errors/Error.html:12:3 HTTP/1.1" 500'],
  ['an Elixir shutdown', '[notice] SIGTERM received - shutting down'],
  ['a word of a sanitizer', 'built without AddressSanitizer'],
  ['a list of places', 'listening\n    at http://127.0.0.1:8080:80'],
];

test.each(innocent)('takes %s for innocent', (_, text) => {
  expect(matchTraceback(`ready\n${text}\nbye\n`)).toBeUndefined();
});

test('finds a traceback that is split over chunks and coloured, and names the chunks that it stands in', () => {
  const recording = recordingOf([
    { type: 'output', stream: 'stderr', text: 'hello\r\n\u001b[31mTrace', atMs: 1 },
    { type: 'output', stream: 'stdout', text: 'in between', atMs: 2 },
    { type: 'output', stream: 'stderr', text: 'back (most recent call la', atMs: 3 },
    { type: 'output', stream: 'stderr', text: 'st):\r\n  File "a.py", line 1\r\nKeyboardInterrupt', atMs: 4 },
    { type: 'output', stream: 'stderr', text: '\u001b[0m\r\nbye\r\n', atMs: 5 },
  ]);
  expect(findTraceback(recording, {})).toEqual({
    runtime: 'Python',
    quote: '"Traceback (most recent call last):" … "KeyboardInterrupt"',
    evidence: [0, 2, 3],
  });
});

test('does not join what stands on both sides of a gap', () => {
  const recording = recordingOf([
    { type: 'output', stream: 'stderr', text: 'Traceback (most ', atMs: 1 },
    { type: 'output-missing', stream: 'stderr', bytes: 9, atMs: 2 },
    { type: 'output', stream: 'stderr', text: 'recent call last):', atMs: 3 },
  ]);
  expect(findTraceback(recording, {})).toBeUndefined();
});

test('clips long lines', () => {
  const text = `Traceback (most recent call last):\n  File "a.py"\nValueError: ${'x'.repeat(500)}`;
  const recording = recordingOf([{ type: 'output', stream: 'stderr', text, atMs: 1 }]);
  expect(findTraceback(recording, {})?.quote.length).toBeLessThan(220);
});

const file = '  File "srv.py", line 3, in read\n    data = sock.recv(1)\n';
const log = '127.0.0.1 - - [22/Nov/2026 02:45:57] "GET / HTTP/1.1" 200 -\n';
const header = 'Traceback (most recent call last):\n';

test.each([
  ['a class of its own', `${header}${file}app.Gone: bye\n${log}`, 'app.Gone: bye'],
  ['a log line right behind the first one', `${header}${log}${file}OSError: reset\n`, 'OSError: reset'],
  [
    'a log line with a level in the middle',
    `${header}${file}INFO: bye\n${file}OSError: reset\n`,
    'OSError: reset',
  ],
  [
    'an empty line before the end',
    `Fatal Python error: x\n${header}${file}\nKeyboardInterrupt\n`,
    'KeyboardInterrupt',
  ],
  ['an exception group', `  + Exception Group ${header}  |   File "a.py", line 1\n  | E: x`, 'E: x'],
])('quotes the line of Python that says what happened: %s', (_, text, last) => {
  const recording = recordingOf([{ type: 'output', stream: 'stderr', text, atMs: 1 }]);
  expect(findTraceback(recording, {})?.quote).toMatch(/^"[^"]*" … "/);
  expect(findTraceback(recording, {})?.quote).toContain(`… "${last}"`);
});

test.each([
  ['was cut right behind the first line', `${log}${header}`],
  ['was cut within', `${header}${file}`],
  ['is followed by a log only', `${header}${file}${log}`],
])('quotes the first line alone where a traceback of Python %s', (_, text) => {
  const recording = recordingOf([{ type: 'output', stream: 'stderr', text, atMs: 1 }]);
  expect(findTraceback(recording, {})?.quote).toBe('"Traceback (most recent call last):"');
});
