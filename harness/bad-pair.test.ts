import { expect, it } from 'vitest';
import { withRealInterpreter } from '../fixtures/testing/command.js';
import { runHarness } from '../fixtures/testing/marked-harness.js';

// Clients that cannot be tested with their server: one clear message, status 3, and nothing left.
const timeout = 120_000;
const connect =
  'import os,socket,time; s=socket.create_connection((os.environ["HOST"],int(os.environ["PORT"])));';
const server = ['node', 'dist/fixtures/servers/echo.cjs'];

const python = (program: string) => withRealInterpreter(['python3', '-c', program]);

const bad: [string, readonly string[], RegExp][] = [
  ['never connects', ['sleep', '100'], /did not connect to the server: it was not seen within 2000 ms/],
  ['exits at once', ['true'], /did not connect to the server: client 1 ended \(status 0\)/],
  ['connects and says nothing', python(`${connect} time.sleep(99)`), /was not served twice within/],
  [
    'ends before the signal',
    python(`${connect} [(s.sendall(b"x\\n"), s.recv(9)) for _ in range(3)]`),
    /does not go on until it is told: (?:client 1|it) ended/,
  ],
  [
    'floods',
    python(
      `import threading; ${connect} threading.Thread(target=lambda: [s.recv(65536) for _ in range(10**9)], daemon=True).start(); [s.sendall(b"x" * 1000 + b"\\n") for _ in range(10**9)]`,
    ),
    /floods the server: it sends more than a hundred requests and waits for no reply/,
  ],
  [
    'connects 10,000 times',
    python(
      'import os,socket; [socket.create_connection((os.environ["HOST"],int(os.environ["PORT"]))).close() for _ in range(10000)]',
    ),
    /connected, and was not served twice within|does not go on until it is told/,
  ],
];

it.each(bad)('a client that %s', { timeout }, async (_, client, message) => {
  const options = ['--deadline', '1s', '--startup-timeout', '2s', '--env', 'DEADLINE_MS=1000'];
  const ended = await runHarness(['pair', ...options, ...server, '--', ...client]);
  expect(ended.stdout.replace(/\s+/g, ' ')).toMatch(message);
  expect(ended.exitCode).toBe(3);
  expect(ended.left, ended.said).toEqual([]);
});

it('a client that does not exist is wrong usage', { timeout }, async () => {
  const ended = await runHarness(['pair', ...server, '--', './no-such-client']);
  expect(ended.stderr).toContain('./no-such-client');
  expect(ended.exitCode).toBe(2);
});
