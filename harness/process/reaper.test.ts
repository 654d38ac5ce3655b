import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { cookieName } from './cookie.js';
import { linux } from './linux.js';

const built = new URL('../../dist/harness/process/', import.meta.url);

/**
 * A harness in a process of its own: it starts the (compiled) reaper and a target, says the target's pids, and waits.
 * Told `release` on its standard input, it releases the reaper and ends.
 */
async function harness(session: string, targetScript: string, cookie = `${session}/x#0`) {
  const code = `
    import { spawn } from 'node:child_process';
    import { startReaper } from ${JSON.stringify(`${built}reaper.js`)};
    import { linux } from ${JSON.stringify(`${built}linux.js`)};
    const reaper = startReaper(${JSON.stringify(session)});
    const env = { ...process.env, ${cookieName}: ${JSON.stringify(cookie)} };
    const target = spawn('sh', ['-c', ${JSON.stringify(targetScript)}], { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    if (process.argv[1] === 'told') reaper.add(linux.process(target.pid));
    target.stdout.pipe(process.stdout);
    process.stdin.once('data', () => reaper.release().then(() => process.exit(0)));`;
  const told = cookie.startsWith(session) ? 'by cookie' : 'told';
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, told], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, pids: line.split(' ').map(Number) };
}

const alive = (pid: number) => !['Z', undefined].includes(linux.process(pid)?.state);
/** Processes with this text on their command line. */
const named = (text: string) =>
  linux.processes().filter(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(text);
    } catch {
      return false; // it has gone
    }
  });

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe.runIf(process.platform === 'linux')('the reaper', () => {
  test('when the harness is killed, ends its target and a daemon of it within a second', async () => {
    const session = randomUUID();
    const daemon = `setsid sh -c 'sleep 60 >/dev/null & echo $!'`;
    const { child, pids } = await harness(session, `echo $$ $(${daemon}); exec sleep 60`);
    expect(pids.map(alive)).toEqual([true, true]);
    expect(linux.process(pids[1] ?? 0)?.sessionId).not.toBe(pids[0]);
    expect(named(session)).toHaveLength(1);
    await kill(child);
    await expect.poll(() => pids.some(alive), { timeout: 1000, interval: 5 }).toBe(false);
  });

  test('ends what ignores every signal that can be ignored', async () => {
    const { child, pids } = await harness(
      randomUUID(),
      'trap "" TERM INT HUP QUIT; echo $$; while :; do sleep 1; done',
    );
    await kill(child);
    await expect.poll(() => pids.some(alive), { timeout: 1000, interval: 5 }).toBe(false);
  });

  test('ends a process that it was told of, though its cookie is not one of the session', async () => {
    const { child, pids } = await harness(randomUUID(), 'echo $$; exec sleep 60', 'lost');
    await kill(child);
    await expect.poll(() => pids.some(alive), { timeout: 1000, interval: 5 }).toBe(false);
  });

  test('ends nothing of another session, also one whose name begins like its own', async () => {
    const session = randomUUID();
    const stranger = spawn('sleep', ['60'], { env: { ...process.env, [cookieName]: `${session}2/x#0` } });
    const { child, pids } = await harness(session, 'echo $$; exec sleep 60');
    await kill(child);
    await expect.poll(() => pids.some(alive), { timeout: 1000, interval: 5 }).toBe(false);
    expect(stranger.exitCode).toBeNull();
    expect(alive(stranger.pid ?? 0)).toBe(true);
    stranger.kill('SIGKILL');
  });

  test('released, it looks once more and goes before the release is over', async () => {
    const session = randomUUID();
    const { child, pids } = await harness(session, 'echo $$; exec sleep 60');
    child.stdin?.write('release\n');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(named(session)).toEqual([]);
    expect(pids.some(alive)).toBe(false);
  });
});
