import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import {
  listProcesses,
  parseStat,
  readDispositions,
  readEnvironment,
  readPending,
  readProcess,
  readResidentBytes,
  readSocketInodes,
  readWaits,
} from './procfs.js';

/** A line as proc(5) describes it: fields 3 to 22, then what nobody reads. */
function statLine(pid: number, command: string): string {
  const upToStart = 'S 10 20 30 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654';
  return `${pid} (${command}) ${upToStart} 1000 50 18446744073709551615\n`;
}

const expected = { parentPid: 10, groupId: 20, sessionId: 30, state: 'S', startTicks: '987654' };

describe('parseStat', () => {
  test.each(['node', 'my server', 'a) R 1 2 3 (b', '(sd-pam)', ') S 1 1 1', ''])(
    'reads the fields after the last parenthesis for the command "%s"',
    (command) => {
      expect(parseStat(statLine(42, command))).toEqual({ pid: 42, command, ...expected });
    },
  );

  test('says nothing of a text that is no such line', () => {
    expect(parseStat('')).toBeUndefined();
    expect(parseStat('42 node S 1')).toBeUndefined();
  });
});

describe.runIf(process.platform === 'linux')('of live processes', () => {
  test('a process waits while all its threads sleep, and not while one computes', async () => {
    const sleeping = spawn('sleep', ['30']);
    const script = `new (require('worker_threads').Worker)('for (;;);', { eval: true }).once('online', () => console.log())`;
    const computing = spawn(process.execPath, ['-e', script]);
    await once(computing.stdout, 'data');
    await expect.poll(() => readWaits(sleeping.pid ?? 0)).toBe(true);
    // Its main thread sleeps by then: a single other one keeps it from waiting.
    await expect.poll(() => readProcess(computing.pid ?? 0)?.state).toBe('S');
    expect(readWaits(computing.pid ?? 0)).toBe(false);
    const ends = Promise.all([once(sleeping, 'exit'), once(computing, 'exit')]);
    sleeping.kill('SIGKILL');
    computing.kill('SIGKILL');
    await ends;
    expect(readWaits(sleeping.pid ?? 0)).toBeUndefined();
  });

  test('this process is listed, with its parent and its own name', () => {
    const own = listProcesses().find(({ pid }) => pid === process.pid);
    expect(own).toMatchObject({ parentPid: process.ppid, state: expect.stringMatching(/^[RS]$/) });
    expect(readProcess(process.pid)).toMatchObject({ startTicks: own?.startTicks, command: own?.command });
  });

  test('a process that has gone is undefined everywhere, and holds nothing', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    const pid = child.pid ?? Number.NaN;
    for (const read of [readProcess, readEnvironment, readDispositions, readPending])
      expect(read(pid)).toBeUndefined();
    expect(readSocketInodes(pid).size).toBe(0);
    expect(readResidentBytes(pid)).toBe(0);
  });

  test('a zombie has a state and a start time, and no environment', async () => {
    // `exec` puts a program in the place of the shell that waits for no child.
    const script = 'sleep 60 & echo $!; exec sleep 60';
    const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    await expect.poll(() => readProcess(child.pid ?? 0)?.command).toBe('sleep');
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => readProcess(pid)?.state).toBe('Z');
    expect(readProcess(pid)?.startTicks).toMatch(/^\d+$/);
    expect(readEnvironment(pid)).toBeUndefined();
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  test('caught, ignored and pending signals are told apart', async () => {
    const script = 'trap "" HUP; trap "echo" USR1; kill -STOP $$';
    const child = spawn('sh', ['-c', script], { stdio: 'ignore' });
    const pid = child.pid ?? Number.NaN;
    await expect.poll(() => readProcess(pid)?.state).toBe('T');
    child.kill('SIGTERM');
    const masks = readDispositions(pid);
    expect(masks?.ignored).toContain('SIGHUP');
    expect(masks?.caught).toContain('SIGUSR1');
    expect(masks?.caught).not.toContain('SIGTERM');
    expect(readPending(pid)).toEqual(['SIGTERM']);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  test('the environment is the one that the process was started with', async () => {
    const child = spawn('sleep', ['60'], { env: { ...process.env, MARK: 'as started' } });
    await once(child, 'spawn');
    await expect.poll(() => readEnvironment(child.pid ?? 0)).toContain('MARK=as started\0');
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  test('an opened socket is one inode more', async () => {
    const before = readSocketInodes(process.pid);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const opened = [...readSocketInodes(process.pid)].filter((inode) => !before.has(inode));
    expect(opened).toEqual([expect.stringMatching(/^\d+$/)]);
    server.close();
  });

  test('resident memory is counted in bytes', () => {
    const own = process.memoryUsage.rss();
    expect(readResidentBytes(process.pid)).toBeGreaterThan(own / 2);
    expect(readResidentBytes(process.pid)).toBeLessThan(own * 2);
  });
});
