import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withRealInterpreter } from '../fixtures/testing/command.js';
import { runHarness } from '../fixtures/testing/marked-harness.js';

// Clients that cannot be tested: one clear sentence each, the exit status 3, and nothing that is left running.
const onLinux = process.platform === 'linux';
/** Not more than three run at once, and the others wait. */
const timeout = 120_000;
/** A flood is not kept: Node alone takes 40 MB. */
const mostBytes = 300 * 1024 * 1024;

async function test(program: string, options: readonly string[] = []) {
  const file = fileURLToPath(new URL(`../fixtures/bad/${program}`, import.meta.url));
  const usual = ['client', '--deadline', '1s', '--startup-timeout', '3s', '--no-color'];
  const ended = await runHarness([...usual, ...options, ...withRealInterpreter(['python3', file])]);
  expect(ended.signal).toBeUndefined();
  expect(ended.left, ended.said).toEqual([]);
  expect(ended.peakBytes).toBeLessThan(mostBytes);
  return ended;
}

describe.runIf(onLinux)('a client that', { concurrent: true }, () => {
  it('never connects is told how it could have known where', { timeout }, async () => {
    const { exitCode, said } = await test('client_never_connects.py');
    expect(exitCode).toBe(3);
    expect(said).toMatch(
      /untested: The client did not connect within 3 s \(--startup-timeout\)\. It was told where in HOST and PORT \(127\.0\.0\.1 and \d+\)/,
    );
    expect(said).toContain('| waiting for better times');
  });

  it('connects and says nothing', { timeout }, async () => {
    const { exitCode, said } = await test('client_says_nothing.py');
    expect(exitCode).toBe(3);
    expect(said).toContain('untested: The client connected, and sent nothing within 3 s (--startup-timeout)');
  });

  it('speaks HTTP is not taken for one that speaks echo', { timeout }, async () => {
    const { exitCode, said } = await test('client_http.py');
    expect(exitCode, said).toBe(3);
    expect(said).toContain('untested: The client speaks HTTP;');
  });

  it('makes no pause, and is deaf to its stop signals, fails for that', { timeout }, async () => {
    const { exitCode, said } = await test('client_deaf.py');
    expect(exitCode, said).toBe(1);
    expect(said).toContain('FAIL client.stops (MUST, in 2 runs)');
  });

  it('exits before it connects has its last lines shown', { timeout }, async () => {
    const { exitCode, said } = await test('client_exits.py', ['--startup-timeout', '30s']);
    expect(exitCode).toBe(3);
    expect(said).toMatch(/untested: The client ended with status 4 after [\d.]+ m?s, before it connected\./);
    expect(said).toContain('| no configuration');
  });

  it('exits without a request', { timeout }, async () => {
    const { exitCode, said } = await test('client_exits_connected.py', ['--startup-timeout', '30s']);
    expect(exitCode).toBe(3);
    expect(said).toMatch(
      /The client connected, and ended with status 0 after [\d.]+ m?s without a request\./,
    );
  });

  it('floods is not listened to any longer', { timeout }, async () => {
    const { exitCode, said } = await test('client_floods.py', ['--startup-timeout', '30s']);
    expect(exitCode).toBe(3);
    expect(said).toContain(
      'untested: It sent more than 1000 requests (or 4 MiB) without waiting for a reply',
    );
  });

  it('connects ten thousand times is not accepted any longer', { timeout }, async () => {
    const { exitCode, said } = await test('client_connects_10000.py', ['--startup-timeout', '30s']);
    expect(exitCode).toBe(3);
    expect(said).toContain('untested: It connected more than 1000 times');
  });

  it('makes a connection for each of ten thousand messages is tested in bounds', { timeout }, async () => {
    const { exitCode, said } = await test('client_connects_and_asks.py', ['--startup-timeout', '30s']);
    expect(exitCode).toBe(1);
    expect(said).toContain('not played: the client makes a connection for each exchange: notice/alone');
  });

  it('has a fixed port that somebody else listens on', { timeout }, async () => {
    const { createServer } = await import('node:net');
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const { exitCode, said } = await test('client_says_nothing.py', ['--port', String(port)]);
    other.close();
    expect(exitCode).toBe(3);
    expect(said).toContain(`Port ${port} (--port) is already taken`);
  });
});
