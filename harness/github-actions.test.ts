import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const cli = fileURLToPath(new URL('../dist/harness/cli.js', import.meta.url));

test('in a step of a GitHub workflow only our annotations are commands, and its summary is added to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'step-'));
  try {
    const summary = join(folder, 'summary');
    writeFileSync(summary, 'of a former command\n');
    // Long words before it: where the header is wrapped, this one begins a line.
    const target = ['false', 'a'.repeat(60), 'b'.repeat(75), '::add-mask::hello', '##[add-mask]x'];
    const { exitCode, stdout, stderr } = await execa(
      process.execPath,
      [cli, '--markdown', summary, ...target],
      {
        reject: false,
        timeout: 100_000,
        env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary },
      },
    );
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^ +: :add-mask::hello/m);
    const commands = `${stdout}\n${stderr}`.split('\n').filter((line) => /^\s*::|##\[/.test(line));
    expect(commands).toEqual([
      expect.stringMatching(/^::error title=signal-conformance%3A untested::The target /),
    ]);
    expect(readFileSync(summary, 'utf8')).toMatch(
      /^of a former command\n\n### signal-conformance: untested\n/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
