import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import { launch } from './launch.js';
import { linux } from './linux.js';

const start = (command: readonly string[], env: Record<string, string> = {}) =>
  launch({ file: command[0] === 'sh' ? '/bin/sh' : process.execPath, command, cwd: '/tmp', env });
const shell = (script: string, env?: Record<string, string>) => start(['sh', '-c', script], env);

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

describe('launch', () => {
  test.each([0, 1, 143, 255])('an exit with status %i has a code and no signal', async (status) => {
    const launched = await shell(`exit ${status}`);
    expect(await launched.exited).toMatchObject({ code: status, signal: null });
  });

  test.each(['SIGTERM', 'SIGKILL', 'SIGABRT'] as const)(
    'a death by %s has a signal and no code',
    async (signal) => {
      const launched = await shell(`kill -${signal.slice(3)} $$`);
      expect(await launched.exited).toMatchObject({ code: null, signal });
    },
  );

  test('a program that does not exist is an error that says so', async () => {
    const missing = { file: '/nowhere/at-all', command: ['at-all'], cwd: '/tmp', env: {} };
    await expect(launch(missing)).rejects.toThrow(/ENOENT/);
    await expect(launch({ ...missing, file: '/etc/passwd' })).rejects.toThrow(/EACCES/);
  });

  test('the exit is timed by the leader, also when a child in the background holds its stdout', async () => {
    const launched = await shell('sleep 60 & echo $!; exit 7');
    let text = '';
    launched.stdout.on('data', (chunk) => {
      text += chunk;
    });
    const exit = await launched.exited;
    await expect.poll(() => text).toMatch(/^\d+\n$/);
    const holder = Number(text);
    expect(exit).toMatchObject({ code: 7, signal: null });
    expect(linux.process(holder)?.state).toMatch(/[RSD]/);
    expect(launched.stdout.closed).toBe(false);
    process.kill(holder, 'SIGKILL');
    await once(launched.stdout, 'close');
    expect(exit.atMs).toBeLessThan(nowMs());
  });

  test('its output is a pipe: it takes 60,000 single bytes that nobody reads, and can be opened again', async () => {
    // Nothing is read before the first listener: a target that would have to wait for that never exits.
    const launched = await start(['node', '-e', "for (let n = 0; n < 60_000; n++) fs.writeSync(1, 'x')"]);
    expect(await launched.exited).toMatchObject({ code: 0 });
    expect(await textOf(launched.stdout)).toHaveLength(60_000);
    const again = await shell('echo to-stdout > /dev/stdout; echo to-stderr > /dev/stderr');
    expect(await Promise.all([textOf(again.stdout), textOf(again.stderr)])).toEqual([
      'to-stdout\n',
      'to-stderr\n',
    ]);
  });

  test('without a folder for pipes it is started all the same', async () => {
    const { TMPDIR } = process.env;
    process.env.TMPDIR = '/nowhere';
    try {
      // All pipes that were made before are used up first.
      const launched = await Promise.all(Array.from({ length: 40 }, () => shell('echo here')));
      const texts = await Promise.all(launched.map(({ stdout }) => textOf(stdout)));
      expect(new Set(texts)).toEqual(new Set(['here\n']));
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
  });

  test('it leads a session and a group of its own, and reads nothing', async () => {
    const launched = await shell('cat; read x || echo end; sleep 60');
    await once(launched.stdout, 'readable');
    const { pid } = launched;
    expect(linux.process(pid)).toMatchObject({ sessionId: pid, groupId: pid, parentPid: process.pid });
    process.kill(-pid, 'SIGKILL');
    expect(await launched.exited).toMatchObject({ signal: 'SIGKILL' });
  });

  test('it gets its arguments, its environment and its folder as they are, and its own name as argument 0', async () => {
    const launched = await shell('echo "$0|$MARK|$PWD|$HOME"; echo err >&2', { MARK: 'a b\n"c"' });
    const [out, err] = await Promise.all([textOf(launched.stdout), textOf(launched.stderr)]);
    expect([out, err]).toEqual([`sh|a b\n"c"|/tmp|${process.env.HOME}\n`, 'err\n']);
    expect(launched.beforeMs).toBeLessThanOrEqual(launched.atMs);
    expect((await launched.exited).atMs).toBeGreaterThan(launched.beforeMs);
  });
});
