import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const timeout = 120_000;
let folder = '';
let packed: string[] = [];

/** What a user has after `npm install`: the packed package in an otherwise empty folder. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-'));
  // Without scripts: `dist/` is what the tests run beside this one use, and must not be built under their feet.
  const json = npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
  const [{ filename, files }] = JSON.parse(json) as [{ filename: string; files: { path: string }[] }];
  packed = files.map(({ path }) => path);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  npm(folder, 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', `./${filename}`);
}, timeout);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function packagesIn(modules: string): string[] {
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? readdirSync(join(modules, name)) : [name]));
}

function bytesIn(path: string): number {
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  return entries.reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  );
}

describe('the packed package', () => {
  test('holds what it runs and nothing of its own tests', () => {
    expect(packed).toContain('dist/harness/cli.js');
    expect(packed).toContain('dist/harness/index.d.ts');
    expect(packed).toContain('dist/fixtures/servers/echo.cjs');
    expect(packed).toContain('reports/report.schema.json');
    expect(packed.filter((path) => /\.test\.|twins|samples|fake-io|testing/.test(path))).toEqual([]);
  });

  test('is installed with at most 40 packages and 9 MB', () => {
    const modules = join(folder, 'node_modules');
    expect(packagesIn(modules).length).toBeLessThanOrEqual(40);
    expect(bytesIn(modules)).toBeLessThanOrEqual(9_000_000);
  });

  test(
    'runs by npx',
    () => {
      const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
      expect(npm(folder, 'exec', '--', 'signal-conformance', '--version').trim()).toBe(version);
      const said = npm(folder, 'exec', '--', 'signal-conformance', 'demo', '--only', 'idle/SIGTERM');
      expect(said).toContain('conformant: no MUST failed');
    },
    timeout,
  );

  test(
    'gives the same to a program, with types and a schema',
    () => {
      writeFileSync(
        join(folder, 'use.ts'),
        `import { conform, type Report, UsageError } from 'signal-conformance';
import schema from 'signal-conformance/report.schema.json' with { type: 'json' };
const report: Report = await conform(['node', 'node_modules/signal-conformance/dist/fixtures/servers/echo.cjs'], { only: 'idle/SIGTERM', deadline: 500 });
const wrong: unknown = await conform(['node'], { deadline: '5 parsecs' }).catch((error: unknown) => error);
console.log(JSON.stringify([report.outcome, report.schema, wrong instanceof UsageError, typeof schema.$schema]));
`,
      );
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      const types = join(root, 'node_modules/@types');
      const flags = [
        '--module',
        'NodeNext',
        '--target',
        'ES2022',
        '--strict',
        '--resolveJsonModule',
        '--typeRoots',
        types,
        '--types',
        'node',
      ];
      execFileSync(process.execPath, [tsc, ...flags, 'use.ts'], { cwd: folder, stdio: 'inherit' });
      const printed = execFileSync(process.execPath, ['use.js'], { cwd: folder, encoding: 'utf8' });
      expect(JSON.parse(printed)).toEqual(['conformant', 'signal-conformance/report/1', true, 'string']);
    },
    timeout,
  );
});
