import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { darwin } from './darwin.js';
import { linux } from './linux.js';

// Linux has ps and lsof too: what they say of a live process must be what /proc says of it.
describe.runIf(process.platform === 'linux')('what ps and lsof say on Linux', () => {
  test.each(['127.0.0.1', '0.0.0.0', '::1', '::'])(
    'of a socket that listens on %s is what /proc says',
    async (host) => {
      const server = createServer().listen(0, host);
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      for (const family of ['tcp', 'tcp6', 'both'] as const) {
        const sorted = (all: readonly { port: number }[]) => [...all].sort((a, b) => a.port - b.port);
        const seen = sorted(darwin.listeners([process.pid], family));
        expect(seen).toEqual(sorted(linux.listeners([process.pid], family)));
        const isThere = family === 'both' || (family === 'tcp6') === host.includes(':');
        expect(seen.some((listener) => listener.port === port)).toBe(isThere);
      }
      server.close();
    },
  );

  test('of several processes, one of which has gone, is what the others listen on', async () => {
    const gone = spawn('true');
    await once(gone, 'exit');
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const listener = { host: '127.0.0.1', port, pid: process.pid };
    expect(darwin.listeners([gone.pid ?? 0, process.pid], 'both')).toContainEqual(listener);
    expect(darwin.listeners([gone.pid ?? 0], 'both')).toEqual([]);
    expect(darwin.listeners([], 'both')).toEqual([]);
    server.close();
  });

  test('of a process is its parent, its group, its name and its program', async () => {
    const child = spawn('sleep', ['60'], { detached: true });
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    // It sleeps: until then it is still being loaded, and changes between two looks.
    await expect.poll(() => linux.process(pid)).toMatchObject({ command: 'sleep', state: 'S' });
    const { parentPid, groupId, sessionId, command, state } = linux.process(pid) ?? {};
    const expected = { pid, parentPid, groupId, sessionId, command, state };
    expect(darwin.process(pid)).toMatchObject(expected);
    expect(darwin.processes()).toContainEqual(expect.objectContaining(expected));
    expect(Number(darwin.process(pid)?.startTicks)).toBeGreaterThan(Date.now() / 1000 - 60);
    expect(darwin.residentBytes(pid)).toBe(linux.residentBytes(pid));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect([darwin.process(pid), darwin.program(pid), darwin.residentBytes(pid)]).toEqual([
      undefined,
      undefined,
      0,
    ]);
  });

  test('of a stopped process is that it is stopped', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    child.kill('SIGSTOP');
    await expect.poll(() => linux.process(child.pid ?? 0)?.state).toBe('T');
    expect(darwin.process(child.pid ?? 0)?.state).toBe('T');
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
});

test('a program that is missing is an error, and does not look like an empty machine', () => {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    expect(() => darwin.processes()).toThrow(/ENOENT/);
    expect(() => darwin.listeners([process.pid], 'both')).toThrow(/ENOENT/);
  } finally {
    process.env.PATH = path;
  }
});

test('what macOS does not show is undefined, and no empty answer', () => {
  expect(darwin.dispositions(process.pid)).toBeUndefined();
  expect(darwin.pending(process.pid)).toBeUndefined();
  expect(darwin.waits(process.pid)).toBeUndefined();
});
