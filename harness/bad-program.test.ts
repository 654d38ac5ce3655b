import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withRealInterpreter } from '../fixtures/testing/command.js';
import { type Ended, runHarness } from '../fixtures/testing/marked-harness.js';

// Programs that cannot be tested, and contracts that cannot be meant: one clear message, the right exit status, nothing left.
const onLinux = process.platform === 'linux';
/** Not more than three run at once, and the others wait. */
const timeout = 120_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bad-program-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const program = (options: readonly string[], command: readonly string[]) =>
  runHarness(['program', '--deadline', '1s', ...options, ...withRealInterpreter(command)]);
const python = (code: string) => ['python3', '-c', code];
const shell = (code: string) => ['sh', '-c', code];

/** The message comes once; no stack of the harness; nobody is left. */
function expectEnd(ended: Ended, exitCode: number, message: string): void {
  expect({ exitCode: ended.exitCode, signal: ended.signal, left: ended.left }, ended.said).toEqual({
    exitCode,
    signal: undefined,
    left: [],
  });
  expect(ended.said.split(message), ended.said).toHaveLength(2);
  expect(ended.said).not.toMatch(/internal fault|dist\/harness\/[\w/-]+\.js:\d+/);
}

describe('a contract that cannot be meant exits 2 and starts nothing', { concurrent: true }, () => {
  const cases: [string, string[], string][] = [
    [
      'a broken expression in --handles',
      ['--handles', 'USR1=sta(tus'],
      "wrong usage of --handles expected a regular expression given 'sta(tus'",
    ],
    [
      'a broken expression in --item',
      ['--item', 'item ['],
      "wrong usage of --item expected a regular expression given 'item ['",
    ],
    ['an unknown signal', ['--handles', 'USR3=x'], "given 'USR3'"],
    ['a signal without what it does', ['--handles', 'USR1'], "given 'USR1'"],
    ['a status that is none', ['--handles', 'ALRM=exit:256'], "given 'ALRM=exit:256'"],
    [
      'a handled signal that is a stop signal by default',
      ['--handles', 'TERM=bye'],
      'given SIGTERM, which is also said to mean "stop"',
    ],
    [
      'a handled signal that is said to be a stop signal',
      ['--stop-signals', 'USR1', '--handles', 'USR1=x'],
      'given SIGUSR1, which is also said to mean "stop"',
    ],
    [
      'a handled signal that is ignored',
      ['--ignore-signals', 'USR1', '--handles', 'USR1=x'],
      'given SIGUSR1, which is also said to mean "change nothing"',
    ],
    [
      'a signal that is handled twice',
      ['--handles', 'USR1=a', '--handles', 'SIGUSR1=b'],
      'given SIGUSR1 twice',
    ],
  ];
  it.each(cases)(
    '%s',
    async (_name, options, message) => {
      const ended = await program(options, ['sleep', '1000']);
      expect({ exitCode: ended.exitCode, left: ended.left }, ended.said).toEqual({ exitCode: 2, left: [] });
      expect(ended.said).toContain(message);
    },
    timeout,
  );
});

describe.runIf(onLinux)('a program that cannot be tested exits 3', { concurrent: true }, () => {
  const cases: [string, string[], string[], string][] = [
    ['it exits at once', [], shell('exit 0'), 'untested: The program ended by itself (status 0) after'],
    [
      'it exits at once with an error',
      [],
      shell('echo usage >&2; exit 2'),
      'untested: The program ended by itself (status 2) after',
    ],
    ['it prints a little, and exits', [], ['seq', '3'], 'prints less than a pipe holds'],
    [
      'it forks away',
      [],
      shell('sleep 1000 & echo started'),
      'untested: The program put itself into the background: its first process ended (status 0)',
    ],
    [
      'its --ready line never comes',
      ['--ready', 'here I am', '--startup-timeout', '1s'],
      ['sleep', '1000'],
      'matched --ready /here I am/ within 1 s',
    ],
    [
      'no line ends an item',
      ['--item', 'done', '--startup-timeout', '1s'],
      ['yes'],
      'matched --item /done/ within 1 s',
    ],
  ];
  it.each(cases)(
    '%s',
    async (_name, options, command, message) => {
      expectEnd(await program(options, command), 3, message);
    },
    timeout,
  );

  it('the last lines of a program that exits with an error are shown', { timeout }, async () => {
    const { stdout } = await program([], shell('echo usage: me FILE >&2; exit 2'));
    expect(stdout).toContain('| usage: me FILE');
  });
});

describe.runIf(onLinux)('what can be tested of an unusual program is', { concurrent: true }, () => {
  /** Failed requirements, and the number of runs. */
  async function test(name: string, command: readonly string[], options: readonly string[] = []) {
    const json = join(folder, `${name}.json`);
    const ended = await program([...options, '--json', json], command);
    expect(ended.left, ended.said).toEqual([]);
    const report = JSON.parse(readFileSync(json, 'utf8'));
    const failed = report.verdicts.filter(({ outcome }: { outcome: string }) => outcome === 'fail');
    return {
      ...ended,
      report,
      failed: [...new Set(failed.map(({ requirement }: { requirement: string }) => requirement))].sort(),
      scenarios: new Set(report.runs.map(({ scenario }: { scenario: string }) => scenario)),
    };
  }

  it('one that prints nothing and handles nothing passes by the default actions', { timeout }, async () => {
    const { exitCode, failed, report, scenarios } = await test('silent', ['sleep', '1000']);
    expect({ exitCode, failed }).toEqual({ exitCode: 0, failed: [] });
    expect(report.remarks).toContain('The program is taken for ready once it sleeps.');
    expect(scenarios).toEqual(new Set(['working', 'cleaning-up', 'background']));
  });

  it('one whose interpreter alone handles SIGINT fails with its traceback', { timeout }, async () => {
    const { exitCode, failed, said } = await test('interpreter', python('import time; time.sleep(1000)'));
    expect({ exitCode, failed }, said).toEqual({ exitCode: 1, failed: ['program.stops'] });
  });

  it('one that catches the exception of its interpreter passes', { timeout }, async () => {
    const code = 'import time\ntry: time.sleep(1000)\nexcept KeyboardInterrupt: pass';
    const { exitCode, failed, said } = await test('catches', python(code));
    expect({ exitCode, failed }, said).toEqual({ exitCode: 0, failed: [] });
  });

  it('one that ends, but prints more than a pipe holds, is held by it', { timeout }, async () => {
    const { exitCode, failed, report, scenarios } = await test('held', ['seq', '100000']);
    expect({ exitCode, failed }).toEqual({ exitCode: 0, failed: [] });
    expect(report.remarks[0]).toMatch(
      /^The program ended by itself after .*: it was signalled while it waited in a write/,
    );
    expect(scenarios).toContain('pipe-closed-full');
    expect(scenarios).not.toContain('pipe-closed-while-read');
  });

  it('one that says something only when it is stopped is not taken for one that prints', {
    timeout,
  }, async () => {
    const { failed, scenarios, said } = await test(
      'last-words',
      shell('trap "echo bye; exit 0" TERM INT; while :; do sleep 0.1; done'),
    );
    expect(failed, said).toEqual([]);
    expect(scenarios).not.toContain('pipe-closed-before');
  });

  it('one that ignores its stop signals fails, and is ended', { timeout }, async () => {
    const { exitCode, failed } = await test('deaf', shell('trap "" TERM INT; while :; do sleep 0.1; done'));
    expect({ exitCode, failed }).toEqual({ exitCode: 1, failed: ['program.stops'] });
  });

  it('one that is said to answer by a line that comes all the time gives no verdict', {
    timeout,
  }, async () => {
    const loop = shell('trap "echo tick" USR1; while :; do echo tick; sleep 0.05; done');
    const { exitCode, said } = await test('vacuous', loop, ['--handles', 'USR1=tick', '--only', 'handled']);
    expect(exitCode, said).toBe(3);
  });
});
