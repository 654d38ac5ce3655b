import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa, type ResultPromise } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// The edge of the command, as its users meet it: the compiled file in a process of its own (`npm run build`).
const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/harness/cli.js');
const onLinux = process.platform === 'linux';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const options = { reject: false, forceKillAfterDelay: false, timeout: 100_000 } as const;

function run(...args: string[]) {
  return execa(process.execPath, [cli, ...args], options);
}

function runOnFullDisk(...args: string[]) {
  return execa('sh', ['-c', 'exec "$@" >/dev/full', 'sh', process.execPath, cli, ...args], options);
}

/** Live processes that have this text in their environment. */
function processesWith(mark: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
      } catch {
        return false; // it is gone, a zombie, or somebody else's
      }
    });
}

/** A bounded poll for a fact. */
async function until(fact: () => boolean): Promise<void> {
  const endMs = performance.now() + 10_000;
  while (!fact()) {
    if (performance.now() > endMs) throw new Error('it did not come in 10 s');
    await sleep(10);
  }
}

/** The demo, started, with targets alive that can be found by the mark. */
async function runningDemo(
  ...args: string[]
): Promise<{ child: ResultPromise<typeof options>; mark: string }> {
  const mark = `MARK=${randomUUID()}`;
  const demo = ['demo', '--deadline', '5s', '--only', 'stuck-client/SIGTERM', '--env', mark, ...args];
  const child = execa(process.execPath, [cli, ...demo], options);
  const seen = until(() => processesWith(mark).length > 0);
  // Of both only the one that ends first says what happened.
  await Promise.race([
    seen,
    child.then(({ stderr }) => Promise.reject(new Error(`it ended too early: ${stderr}`))),
  ]);
  return { child, mark };
}

describe('the command', () => {
  test('prints its version, and loads nothing else for it', async () => {
    const alone = join(folder, 'alone');
    const modules = ['cli', 'version', 'early-exit', 'commands/interruption'];
    for (const file of ['package.json', ...modules.map((name) => `dist/harness/${name}.js`)])
      cpSync(join(root, file), join(alone, file));
    const result = await execa(process.execPath, [join(alone, 'dist/harness/cli.js'), '--version'], options);
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(result).toMatchObject({ exitCode: 0, stdout: version, stderr: '' });
    expect(await run('run', '-V')).toMatchObject({ exitCode: 0, stdout: version, stderr: '' });
  });

  test('prints its help to standard output', async () => {
    const result = await run('--help');
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.stdout).toMatch(/^Usage: signal-conformance/);
  });

  test('exits 2 for wrong usage, with the message on standard error', async () => {
    const result = await run('--deadline', '5 parsecs', 'node');
    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toMatch(/usage of --deadline\n.*\n.*'5 parsecs'\n {2}fix/);
  });

  test('says that its own commands stand first', async () => {
    const result = await run('--deadline', '5s', 'doctor');
    expect(result.exitCode).toBe(2);
    expect(result.stderr.replaceAll(/\s+/g, ' ')).toContain(
      'the command doctor of signal-conformance stands first',
    );
  });

  test('exits 2 where a pattern matches nothing', async () => {
    const result = await run('demo', '--only', 'idle-client/SIGTERM');
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/did you mean idle-clients\/SIGTERM\?/);
  });

  test('exits 3 for a target that does not start, with the reason', async () => {
    const result = await run('node', '-e', 'console.error("no database"); process.exit(7)');
    expect(result.exitCode).toBe(3);
    expect(result.stdout).toContain('status 7');
  });

  test('exits 0 for a target that conforms', async () => {
    const result = await run('demo', '--only', 'idle/SIGTERM', '--json', '-');
    expect(result.exitCode).toBe(0);
    expect(JSON.parse(result.stdout)).toMatchObject({
      outcome: 'conformant',
      runs: [{ id: 'idle/SIGTERM', exit: { code: 0 } }],
    });
  });

  test('explains every requirement that it lists', async () => {
    const { requirements } = JSON.parse((await run('list', '--format', 'json')).stdout);
    expect(requirements.length).toBeGreaterThan(20);
    const { id, statement } = requirements.at(-1);
    const result = await run('explain', id);
    expect(result.exitCode).toBe(0);
    expect(result.stdout.replaceAll(/\s+/g, ' ')).toContain(statement.replaceAll(/\s+/g, ' '));
  });
});

describe.runIf(onLinux)('when it is interrupted', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s: it ends its targets, writes the report, and dies by that signal',
    async (signal) => {
      const json = join(folder, `${signal}.json`);
      const { child, mark } = await runningDemo('--json', json);
      child.kill(signal);
      const result = await child;
      expect(processesWith(mark)).toEqual([]);
      expect(result.exitCode).toBeUndefined();
      expect(result.signal).toBe(signal);
      expect(JSON.parse(readFileSync(json, 'utf8')).outcome).toBe('interrupted');
    },
  );

  test('several signals at once do not keep it from cleaning up', async () => {
    const json = join(folder, 'several.json');
    const { child, mark } = await runningDemo('--json', json);
    child.kill('SIGTERM');
    for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM', 'SIGINT'] as const) child.kill(signal);
    const result = await child;
    expect(processesWith(mark)).toEqual([]);
    // Which of the pending signals comes first is unspecified.
    expect(result.signal).toMatch(/^SIG(TERM|INT|HUP)$/);
    expect(JSON.parse(readFileSync(json, 'utf8')).outcome).toBe('interrupted');
  });

  test('a fault of its own exits 4, asks for a report, and leaves nothing behind', async () => {
    const mark = `MARK=${randomUUID()}`;
    const bug = `if (process.argv[1].endsWith('cli.js')) setTimeout(() => { throw new TypeError('a bug') }, 700)`;
    const result = await execa(
      process.execPath,
      [cli, 'demo', '--deadline', '5s', '--only', 'stuck-client/SIGTERM', '--env', mark],
      { ...options, env: { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(bug)}"` } },
    );
    expect(result.exitCode).toBe(4);
    expect(result.stderr).toMatch(/internal fault: a bug\n.*report it as a bug/);
    // The reaper does it, a process of its own that lives a little longer.
    await until(() => processesWith(mark).length === 0);
  });
});

describe('when nobody reads its output', () => {
  test('it dies quietly of SIGPIPE, as other programs do', async () => {
    const child = execa(process.execPath, [cli, 'list'], { ...options, buffer: false });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    expect((await child).signal).toBe('SIGPIPE');
    expect(stderr).toBe('');
  });

  test.runIf(onLinux)('a full disk is a fault and no success', async () => {
    for (const args of [['list'], ['--version'], ['demo', '--only', 'idle/SIGTERM', '--json', '-']]) {
      const result = await runOnFullDisk(...args);
      expect(result.exitCode).toBe(4);
      expect(result.stderr).toMatch(/cannot be written: ENOSPC/);
    }
  });

  test.runIf(onLinux)('a full disk does not hide wrong usage', async () => {
    const result = await runOnFullDisk('explain', 'x');
    expect(result.exitCode).toBe(2);
  });
});
