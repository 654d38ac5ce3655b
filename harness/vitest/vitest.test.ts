import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';

// A real Vitest, in a folder of its own, with the package as it is compiled.
const root = fileURLToPath(new URL('../..', import.meta.url));
const onLinux = process.platform === 'linux';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitest-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  symlinkSync(root, join(modules, 'signal-conformance'));
  symlinkSync(join(root, 'node_modules/vitest'), join(modules, 'vitest'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const server = `require('node:fs').appendFileSync('starts', 'x');
    process.on('SIGTERM', () => {});
    require('node:http').createServer((_, response) => response.end('hello')).listen(process.env.PORT);`;
  writeFileSync(join(folder, 'server.cjs'), server);
  const options =
    "{ deadline: '1s', stopSignals: ['SIGTERM'], only: ['idle/SIGTERM', 'idle-clients/SIGTERM'] }";
  const file = (name: string, text: string) => {
    const imports =
      "import { conformance } from 'signal-conformance/vitest'; import * as vitest from 'vitest';";
    writeFileSync(join(folder, `${name}.test.js`), `${imports}\n${text}`);
  };
  // Without `await`, and with another test: its file must not be done before its tests are known.
  file(
    'deaf',
    `conformance(['node', 'server.cjs'], ${options}, { name: 'deaf' });\nvitest.test('quick', () => {});`,
  );
  file('broken', "await conformance(['node', '-e', 'process.exit(3)'], {}, { name: 'broken' });");
  file(
    'late',
    `vitest.test('belated', () => conformance(['node', 'server.cjs']));
    vitest.describe.skip('left out', () => conformance(['no-such-program']));`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

function vitest(args: readonly string[], env: Record<string, string> = {}) {
  const cli = join(root, 'node_modules/vitest/vitest.mjs');
  // The Vitest around this one tells its children that they are its workers.
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/VITEST|TINYPOOL/.test(key)),
  );
  const options = { cwd: folder, reject: false, timeout: 100_000, extendEnv: false } as const;
  return execa(process.execPath, [cli, 'run', ...args], { ...options, env: { ...clean, ...env } });
}

test('only what is selected is played; verdicts are its tests, and errors point at the file of the user', async () => {
  const selected = ['-t', 'deaf idle/SIGTERM|broken|belated', '--testTimeout=50', '--hookTimeout=50'];
  const demands = ['--expect.requireAssertions', '--retry=2'];
  const { exitCode, stdout, stderr } = await vitest([...selected, ...demands, '--reporter=json']);
  expect(exitCode, stderr).toBe(1);
  type Result = { fullName: string; status: string; failureMessages: string[] };
  const files: { assertionResults: Result[] }[] = JSON.parse(stdout).testResults;
  const results = files.flatMap(({ assertionResults }) => assertionResults);
  const of = (name: string) => results.find(({ fullName }) => fullName === name);
  expect(
    results
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => fullName)
      .sort(),
  ).toEqual(['belated', 'broken can be tested', 'deaf idle/SIGTERM deadline.holds']);
  expect(of('deaf idle/SIGTERM output.no-traceback')?.status).toBe('passed');
  expect(of('deaf idle/SIGTERM notice.once')?.status).toMatch(/skipped|pending/);
  expect(of('deaf idle-clients/SIGTERM deadline.holds')?.status).toMatch(/skipped|pending/);
  const message = of('deaf idle/SIGTERM deadline.holds')?.failureMessages[0] ?? '';
  expect(message).toMatch(/^ConformanceError: deadline\.holds failed \(MUST\)\n {2}The whole process tree/);
  expect(message).toMatch(
    /again {5}npx vitest run deaf\.test\.js -t 'deaf \(> \)\?idle\/SIGTERM \(> \)\?deadline\.holds'\n\s*at .*deaf\.test\.js:2:1/,
  );
  // `--retry` has nothing to tell anew.
  expect(of('deaf idle/SIGTERM deadline.holds')?.failureMessages).toHaveLength(1);
  expect(of('belated')?.failureMessages[0]).toMatch(
    /^UsageError: conformance\(\): expected a call at the top .*\n\s*at .*late\.test\.js:2:/,
  );
  expect(of('broken can be tested')?.failureMessages[0]).toContain('The target ended with status 3');
  // Two surveys, of two instances each, and the run.
  expect(readFileSync(join(folder, 'starts'), 'utf8')).toBe('xxxxx');
}, 120_000);

test.runIf(onLinux)(
  'nothing is left when Vitest is killed',
  async () => {
    const mark = randomUUID();
    const starts = () => read(join(folder, 'starts')).length;
    const before = starts();
    const running = vitest(['deaf.test.js'], { MARK: mark });
    // The first two are those of the survey; then there is one before the runs, or one of them.
    await until(() => starts() >= before + 3);
    running.kill('SIGKILL');
    expect((await running).signal).toBe('SIGKILL');
    await until(() => withMark(mark).length === 0);
  },
  120_000,
);

function withMark(mark: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => read(`/proc/${pid}/environ`).includes(mark));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it is gone, or somebody else's
  }
}

async function until(fact: () => boolean): Promise<void> {
  const endMs = performance.now() + 25_000;
  while (!fact()) {
    if (performance.now() > endMs) throw new Error('it did not come in 25 s');
    await sleep(20);
  }
}
