import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/harness/cli.js');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'early-exit-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function withSuite(text: string, ...args: string[]) {
  const suite = join(folder, 'own.mjs');
  writeFileSync(suite, text);
  return execa(process.execPath, [cli, ...args, '--suite', suite], { reject: false, timeout: 100_000 });
}

test.each([
  ['ends the process', 'process.exit(0);'],
  ['waits for what never comes', 'await new Promise(() => {});'],
])('a suite that %s while it is loaded is wrong usage', async (_, text) => {
  const { exitCode, stdout, stderr } = await withSuite(`${text}\nexport const requirements = [];`, 'list');
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^signal-conformance: the suite '.*own\.mjs' ended the process while it was loaded/);
});

test('a judge that ends the process has not passed the gate', async () => {
  const text = `export const requirements = [{
    id: 'own.exits', level: 'MUST', statement: 'S.', because: 'B.', remedy: { general: 'G.' },
    judge: () => process.exit(0),
  }];`;
  const { exitCode, stderr } = await withSuite(text, 'demo', '--quiet', '--only', 'idle/SIGTERM');
  expect(stderr).toContain(
    'it was ended before it had a result: something in this process called process.exit()',
  );
  expect(exitCode).toBe(4);
}, 30_000);
