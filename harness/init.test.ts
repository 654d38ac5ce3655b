import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

// As users meet it: the compiled file in a process of its own (`npm run build`).
const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/harness/cli.js');
const server = join(root, 'dist/fixtures/servers/echo.cjs');

let all: string;
let folder: string;
beforeAll(() => {
  all = mkdtempSync(join(tmpdir(), 'init-process-'));
});
beforeEach(() => {
  folder = mkdtempSync(join(all, 'project-'));
});
afterAll(() => rmSync(all, { recursive: true }));

const run = (...args: string[]) =>
  execa(process.execPath, [cli, ...args], { cwd: folder, reject: false, timeout: 100_000 });

describe('signal-conformance init', () => {
  test('writes a configuration that runs, and a workflow, and never writes over them', async () => {
    writeFileSync(join(folder, 'tsconfig.json'), '{}');
    const init = await run('init', '--deadline', '2s', 'node', server);
    expect(init).toMatchObject({ exitCode: 0, stderr: '' });
    expect(init.stdout).toContain('The survey found that the target speaks echo;');
    expect(init.stdout).toContain('\nwrote  signal-conformance.config.ts\n');
    const config = readFileSync(join(folder, 'signal-conformance.config.ts'), 'utf8');
    const workflow = readFileSync(join(folder, '.github/workflows/signal-conformance.yml'), 'utf8');
    expect(workflow).toContain('npx --yes signal-conformance@');

    const tested = await run('--only', 'idle/SIGTERM', '--json', '{target}.json', '--quiet');
    expect(tested.stdout).toContain('conformant: no MUST failed');
    expect(tested.exitCode).toBe(0);
    const [name] = /project-\w+/.exec(folder) ?? [];
    const report = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
    expect(report.target.contract).toMatchObject({ deadlineMs: 2000, protocol: 'echo' });

    const again = await run('init', 'node', server);
    expect(again).toMatchObject({ exitCode: 2, stdout: '' });
    expect(again.stderr).toMatch(
      /'signal-conformance\.config\.ts', which is there\n {2}fix {7}remove it first/,
    );
    expect(readFileSync(join(folder, 'signal-conformance.config.ts'), 'utf8')).toBe(config);
  });

  test('leaves a workflow and a .gitlab-ci.yml as they are', async () => {
    const workflow = join(folder, '.github/workflows/signal-conformance.yml');
    mkdirSync(join(folder, '.github/workflows'), { recursive: true });
    writeFileSync(workflow, 'mine');
    const refused = await run('init', 'node', server);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain("signal-conformance.yml', which is there");
    expect(existsSync(join(folder, 'signal-conformance.config.json'))).toBe(false);

    writeFileSync(join(folder, '.gitlab-ci.yml'), 'mine');
    const job = await run('init', 'node', server);
    expect(job.exitCode).toBe(0);
    expect(job.stdout).toMatch(/Add this job to \.gitlab-ci\.yml:\n\nsignal-conformance:\n {2}image: /);
    expect(readFileSync(join(folder, '.gitlab-ci.yml'), 'utf8')).toBe('mine');
    expect(readFileSync(workflow, 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'signal-conformance.config.json'))).toBe(true);
  });

  test('writes nothing where the server cannot be surveyed, or the command is wrong', async () => {
    const gone = await run('init', 'node', '-e', '0');
    expect(gone).toMatchObject({ exitCode: 3, stdout: '' });
    expect(gone.stderr).toContain('could not be tested: ');
    for (const args of [
      [],
      ['--format', 'yaml', 'node'],
      ['--ci', 'jenkins', 'node'],
      ['--json', 'x', 'node'],
    ])
      expect(await run('init', ...args)).toMatchObject({ exitCode: 2, stdout: '' });
    expect(existsSync(join(folder, 'signal-conformance.config.json'))).toBe(false);
    expect(existsSync(join(folder, '.github'))).toBe(false);
  });
});

test('its help names the command once', async () => {
  const { stdout } = await run('init', '--help');
  expect(stdout).toMatch(/^Usage: signal-conformance init \[options\] <command> \[args…\]\n/);
});

test('a configuration that ends the process is no gate that was passed', async () => {
  writeFileSync(join(folder, 'signal-conformance.config.mjs'), 'process.exit(0); export default {};');
  const { exitCode, stderr } = await run();
  expect(stderr).toContain('signal-conformance.config.mjs ended the process while it was loaded');
  expect(exitCode).toBe(2);
});
