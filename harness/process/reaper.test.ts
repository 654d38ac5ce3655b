import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cookieName } from './cookie.js';
import { linux } from './linux.js';
import { folderWord } from './reaper-words.js';

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

/** The whole harness, with a temporary folder of its own, in which also its programs are looked for first. */
function startHarness(temporary: string, ...args: string[]): ChildProcess {
  const cli = fileURLToPath(new URL('../cli.js', built));
  const env = { ...process.env, TMPDIR: temporary, PATH: `${temporary}:${process.env.PATH}` };
  return spawn(process.execPath, [cli, ...args, 'sleep', '60'], { env, stdio: 'ignore' });
}

const pipeFolders = (temporary: string) =>
  readdirSync(temporary).filter((name) => name.startsWith('signal-conformance-'));

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

  describe('and a temporary folder that pipes were being made in', () => {
    /** A reaper, and a folder that begins as it was told, beside one that does not. */
    function reaperWithFolder() {
      const temporary = mkdtempSync(join(tmpdir(), 'reaper-'));
      for (const name of ['mine-x', 'other-x']) {
        mkdirSync(join(temporary, name));
        writeFileSync(join(temporary, name, '0'), '');
      }
      const script = fileURLToPath(new URL('reaper-process.js', built));
      const child = spawn(process.execPath, [script, randomUUID(), join(temporary, 'mine-')]);
      return {
        child,
        left: () => readdirSync(temporary),
        path: (name: string) => join(temporary, name),
        remove: () => rmSync(temporary, { recursive: true }),
      };
    }

    test('removes a folder with another name where it was told of it', async () => {
      const { child, left, remove, path } = reaperWithFolder();
      child.stdin.end(`${folderWord}${path('other-x')}\n`);
      await once(child, 'exit');
      expect(left()).toEqual([]);
      remove();
    });

    test.each([
      ['removes it when the harness was killed', '', ['other-x']],
      ['leaves it to a harness that has released it', 'released\n', ['mine-x', 'other-x']],
    ])('%s', async (_title, lastWords, expected) => {
      const { child, left, remove } = reaperWithFolder();
      child.stdin.end(lastWords);
      await once(child, 'exit');
      expect(left().sort()).toEqual(expected);
      remove();
    });

    test('which is there, as pipes are made', async () => {
      const temporary = mkdtempSync(join(tmpdir(), 'reaper-'));
      // An mkfifo that says that it runs, and then takes its time.
      const started = join(temporary, 'started');
      writeFileSync(join(temporary, 'mkfifo'), `#!/bin/sh\necho $$ > ${started}\nexec sleep 60\n`, {
        mode: 0o755,
      });
      const harness = startHarness(temporary);
      await expect
        .poll(() => existsSync(started) && readFileSync(started, 'utf8').endsWith('\n'), {
          timeout: 10_000,
          interval: 5,
        })
        .toBe(true);
      expect(pipeFolders(temporary)).toHaveLength(1);
      await kill(harness);
      await expect.poll(() => pipeFolders(temporary), { timeout: 5000, interval: 5 }).toEqual([]);
      process.kill(Number(readFileSync(started, 'utf8')), 'SIGKILL');
      rmSync(temporary, { recursive: true });
    });

    test('and those of targets that were started through a wrapper', async () => {
      const temporary = mkdtempSync(join(tmpdir(), 'reaper-'));
      const only = 'idle/SIGTERM+wrapper-dash';
      const args = ['--protocol', 'none', '--delivery', 'wrapper-dash', '--only', only, '--repeat', '2'];
      const harness = startHarness(temporary, ...args);
      const isBegun = () => pipeFolders(temporary).some((name) => existsSync(join(temporary, name, 'pid')));
      await expect.poll(isBegun, { timeout: 20_000, interval: 2 }).toBe(true);
      await kill(harness);
      await expect.poll(() => pipeFolders(temporary), { timeout: 5000, interval: 5 }).toEqual([]);
      rmSync(temporary, { recursive: true });
    });
  });
});
