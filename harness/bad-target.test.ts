import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withRealInterpreter } from '../fixtures/testing/command.js';
import { runHarness } from '../fixtures/testing/marked-harness.js';

// Targets that write what they should not, that do not go, and that leave others behind.
const onLinux = process.platform === 'linux';
/** Not more than three run at once, and the others wait. */
const timeout = 120_000;
/** Node alone takes 40 MB; a harness that keeps a gigabyte of output, or 50 MB several times, is above this. */
const mostBytes = 400 * 1024 * 1024;
/** What a terminal obeys or a log cannot hold: all C0 but tab and newline, DEL, C1, bidirectional overrides. */
const obeyed = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bad-target-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Plays one run against a program, and checks what holds for all of them. */
async function test(program: string, startupTimeout = '10s') {
  const json = join(folder, `${program}.json`);
  const junit = join(folder, `${program}.xml`);
  const options = ['--only', 'idle/SIGTERM', '--deadline', '1s', '--startup-timeout', startupTimeout];
  const file = fileURLToPath(new URL(`../fixtures/bad/${program}`, import.meta.url));
  const target = withRealInterpreter(['python3', file]);
  const ended = await runHarness([...options, '--json', json, '--junit', junit, ...target]);
  expect(ended.signal).toBeUndefined();
  expect(ended.left, ended.said).toEqual([]);
  expect(ended.peakBytes).toBeGreaterThan(10 * 1024 * 1024);
  expect(ended.peakBytes).toBeLessThan(mostBytes);
  const texts = [ended.stdout, ended.stderr, readFileSync(json, 'utf8'), readFileSync(junit, 'utf8')];
  for (const text of texts) expect(obeyed.exec(text)).toBeNull();
  return { ...ended, report: JSON.parse(readFileSync(json, 'utf8')) };
}

/** Failed requirements of a report. */
function failed({ verdicts }: { verdicts: { outcome: string; requirement: string }[] }): string[] {
  return verdicts.filter(({ outcome }) => outcome === 'fail').map(({ requirement }) => requirement);
}

describe.runIf(onLinux)('a target that', { concurrent: true }, () => {
  it('prints a gigabyte is tested like any other, and the report says what is missing', {
    timeout,
  }, async () => {
    const { exitCode, report, said } = await test('floods.py', '60s');
    expect(exitCode, said).toBe(0);
    const missing = report.runs[0].events.find(({ type }: { type: string }) => type === 'output-missing');
    // All of it but the first and the last 256 KiB, which are kept.
    expect(missing).toMatchObject({
      stream: 'stdout',
      bytes: 2 ** 30 + 'stopping\n'.length - 2 * 256 * 1024,
    });
  });

  it('prints what terminals obey, and exits, has it shown and not obeyed', { timeout }, async () => {
    const { exitCode, stdout, said } = await test('binary_then_exits.py');
    expect(exitCode, said).toBe(3);
    expect(stdout).toContain('\\x1b]0;owned\\x07\\x1b[2J\\x1b[31mred\\x00nul \ufffd');
    expect(stdout).toContain('\\u202egnp.exe \\u2028 line');
  });

  it('prints what terminals obey in a failed run has it shown in the timeline', { timeout }, async () => {
    const { exitCode, stdout, said, report } = await test('binary_at_stop.py');
    expect(exitCode, said).toBe(1);
    expect(failed(report)).toEqual(['output.no-traceback']);
    expect(stdout).toMatch(/\|\s+\\x1b\[2J\\x1b\[31m\\x00 \ufffd\ufffd \\x9b31m\\r\]\]>/);
  });

  it('prints one line of 50 MB has the last of it shown, shortened', { timeout }, async () => {
    const { exitCode, stdout, stderr, said } = await test('long_line.py');
    expect(exitCode, said).toBe(3);
    expect(said).toContain('untested: The target ended with status 1');
    expect(stdout).toMatch(/^ {2}\| y{20,}…$/m);
    expect(stdout.length + stderr.length).toBeLessThan(2000);
  });

  it('closes its output is tested, and warned that it says nothing of its stop', { timeout }, async () => {
    const { exitCode, report, said } = await test('closes_stdout.py');
    expect(exitCode, said).toBe(0);
    expect(failed(report)).toEqual(['stop.acknowledged']);
  });

  it('ignores every signal fails the deadline and is ended', { timeout }, async () => {
    const { exitCode, said, report } = await test('ignores_signals.py');
    expect(exitCode, said).toBe(1);
    expect(failed(report).sort()).toEqual(['deadline.holds', 'stop.handled']);
    expect(said).toContain('The target ignores SIGTERM');
    // The end that the harness has made is not told as the target's.
    expect(report.runs[0].exit).toBeNull();
  });

  it('leaves 500 children fails for its orphans, which are ended', { timeout }, async () => {
    const { exitCode, said, report } = await test('forks.py');
    expect(exitCode, said).toBe(1);
    expect(failed(report)).toEqual(['tree.no-orphans']);
    expect(said).toContain('(and 499 more) was still alive');
  });
});
