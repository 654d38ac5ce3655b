import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withRealInterpreter } from '../fixtures/testing/command.js';
import { freePort, listenOn } from '../fixtures/testing/free-ports.js';
import { type Ended, runHarness } from '../fixtures/testing/marked-harness.js';

// What users do wrong, and what their servers do: one clear message, the right exit status, nothing left running.
const onLinux = process.platform === 'linux';
const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);
/** Not more than three run at once, and the others wait. */
const timeout = 120_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bad-input-'));
  writeFileSync(join(folder, 'plain'), 'text');
});
afterAll(() => rmSync(folder, { recursive: true }));

const quick = ['--only', 'idle/SIGTERM', '--deadline', '1s', '--startup-timeout', '3s'];
const bad = (name: string) =>
  withRealInterpreter(['python3', fileURLToPath(new URL(`../fixtures/bad/${name}`, import.meta.url))]);

/** The message comes once; no stack of the harness; nobody is left. */
function expectEnd(ended: Ended, exitCode: number, message: string): void {
  expect({ exitCode: ended.exitCode, signal: ended.signal, left: ended.left }, ended.said).toEqual({
    exitCode,
    signal: undefined,
    left: [],
  });
  expect(ended.said.split(message), ended.said).toHaveLength(2);
  expect(ended.said).not.toMatch(/internal fault|node:internal|dist\/harness\/[\w/-]+\.js:\d+/);
}

describe('wrong usage exits 2 and starts nothing', { concurrent: true }, () => {
  // The target would leave a file if it was started.
  const cases: [string, (started: string) => string[], string][] = [
    ['a program that is nowhere', () => ['no-such-program'], "'no-such-program', which is not on PATH"],
    ['a file that does not exist', () => ['./no/such'], "'./no/such', which does not exist"],
    ['a file that is not executable', () => [join(folder, 'plain')], 'which is not executable'],
    ['a directory', () => [folder], 'which is a directory'],
    ['an unknown option', (file) => ['--dedline', '1s', 'touch', file], 'did you mean --deadline?'],
    [
      'an unknown signal',
      (file) => ['--stop-signals', 'SIGTREM', 'touch', file],
      "given 'SIGTREM' fix did you mean SIGTERM?",
    ],
    ['a deadline of 0', (file) => ['--deadline', '0', 'touch', file], "given '0' fix write 100ms or more"],
    ['a negative deadline', (file) => ['--deadline', '-1', 'touch', file], "given '-1' fix write a number"],
    [
      'a report in no folder',
      (file) => ['--json', `${folder}/no/r`, 'touch', file],
      'does not exist; create it: mkdir -p {folder}/no',
    ],
    ['a report that is a folder', (file) => ['--junit', folder, 'touch', file], 'it is a folder'],
    [
      'a report below a file',
      (file) => ['--json', `${folder}/plain/r`, 'touch', file],
      '{folder}/plain is not a folder',
    ],
  ];
  it.each(cases)(
    '%s',
    async (name, args, message) => {
      const started = join(folder, name);
      const ended = await runHarness(args(started));
      expectEnd(ended, 2, message.replace('{folder}', folder));
      expect(ended.stdout).toBe('');
      expect(existsSync(started)).toBe(false);
    },
    timeout,
  );

  it('of which none is a signal in lower case, without SIG, or by its number', { timeout }, async () => {
    const signals = ['--stop-signals', 'sigterm,TERM,15', '--ignore-signals', 'usr1'];
    const ended = await runHarness([...quick, ...signals, '--json', '-', ...bad('slow_start.py')]);
    expect(ended.exitCode, ended.said).toBe(0);
    expect(JSON.parse(ended.stdout).target.contract).toMatchObject({
      stopSignals: ['SIGTERM'],
      ignoreSignals: ['SIGUSR1'],
    });
  });
});

describe.runIf(onLinux)('a target that cannot be tested exits 3', { concurrent: true }, () => {
  const cases: [string, string, string][] = [
    ['it exits at once', 'exits.py', 'untested: The target ended with status 1 after'],
    [
      'it never listens',
      'never_listens.py',
      'did not listen on any TCP port or unix socket within 3 s (--startup-timeout)',
    ],
    [
      'it never answers',
      'never_answers.py',
      'but a client that connected got no answer (neither HTTP nor echo)',
    ],
    ['it answers once and hangs', 'answers_once.py', 'The target answered its first client at 127.0.0.1:'],
    ['it is a daemon', 'daemonises.py', 'The target put itself into the background'],
    [
      'it listens on an abstract unix socket',
      'unix_socket.py',
      'The target listens only on an abstract unix socket (@bad-',
    ],
  ];
  it.each(cases)(
    '%s',
    async (_name, program, message) => {
      const ended = await runHarness([...quick, ...bad(program)]);
      expectEnd(ended, 3, message);
      expect(ended.said).toMatch(/Exit status 3\.$/);
    },
    timeout,
  );

  it('with the last lines of what it wrote', { timeout }, async () => {
    const ended = await runHarness([...quick, ...bad('exits.py')]);
    expect(ended.stdout).toContain('  | step 11 of the start\n  | no database\n');
    expect(ended.stdout).not.toContain('step 0 of the start');
  });

  it.each([
    ['--port', (port: number) => ['--port', String(port)]],
    ['--socket', () => ['--socket', '/tmp/nobody-is-here.sock']],
    ['{socket}', () => ['--env', 'SOCKET={socket}']],
  ])('because it listens elsewhere than %s says, and where', { timeout }, async (option, given) => {
    const [port, other] = [await freePort(), await freePort()];
    const server = ['python3', '-m', 'http.server', '--bind', '127.0.0.1', String(port)];
    const ended = await runHarness([...quick, ...given(other), ...server]);
    expectEnd(
      ended,
      3,
      `it listens on 127.0.0.1:${port}. Tell it the right address, or leave ${option} out.`,
    );
  });

  it('because its port is taken, by whom', { timeout }, async () => {
    const port = await freePort();
    const listener = await listenOn(port);
    try {
      const ended = await runHarness([...quick, '--port', String(port), ...bad('slow_start.py')]);
      expectEnd(ended, 3, `Port ${port} (--port) is already taken by process ${process.pid} (`);
    } finally {
      listener?.close();
    }
  });
});

describe.runIf(onLinux)('a target that listens in unusual places', { concurrent: true }, () => {
  it.skipIf(!hasIpv6)('is reached at ::1 (skipped on a machine without IPv6)', { timeout }, async () => {
    const ended = await runHarness([...quick, '--json', '-', ...bad('only_ipv6.py')]);
    expectEnd(ended, 0, 'Exit status 0.');
    expect(JSON.parse(ended.stdout).survey.addresses).toEqual([expect.stringMatching(/^\[::1\]:\d+$/)]);
  });

  it.skipIf(!hasIpv6)('is reached at ::1 where its :: takes IPv6 only', { timeout }, async () => {
    const ended = await runHarness([...quick, '--json', '-', ...bad('any_ipv6_only.py')]);
    expectEnd(ended, 0, 'Exit status 0.');
    expect(JSON.parse(ended.stdout).survey.addresses).toEqual([expect.stringMatching(/^\[::\]:\d+$/)]);
  });

  it.skipIf(!hasIpv6)('is reached by IPv4 where its :: does not answer at ::1', { timeout }, async () => {
    const ended = await runHarness([...quick, '--json', '-', ...bad('deaf_to_ipv6.py')]);
    expectEnd(ended, 0, 'Exit status 0.');
    expect(JSON.parse(ended.stdout).survey.addresses).toEqual([expect.stringMatching(/^\[::\]:\d+$/)]);
  });

  describe('with ten ports', () => {
    async function withTenPorts(...args: string[]): Promise<{ ended: Ended; ports: number[] }> {
      const ports: number[] = [];
      while (ports.length < 10) ports.push(await freePort());
      const chosen = args.map((arg) => arg.replace(/^\{(\d)\}$/, (_, index) => String(ports[index])));
      const given = [...quick, ...chosen, '--env', `PORTS=${ports}`];
      return { ended: await runHarness([...given, '--json', '-', ...bad('ten_ports.py')]), ports };
    }

    const connections = ({ stdout }: Ended) =>
      JSON.parse(stdout).runs[0].events.filter(({ type }: { type: string }) => type === 'listening');

    it.each([
      ['is spoken to at the one that answers', []],
      ['is spoken to at the one that --port names', ['--port', '{9}']],
    ])('%s', { timeout }, async (_name, args) => {
      const { ended, ports } = await withTenPorts(...args);
      expectEnd(ended, 0, 'Exit status 0.');
      const { addresses, startMs } = JSON.parse(ended.stdout).survey;
      expect(addresses).toHaveLength(10);
      // It had started when it listened, and not when nine others had said nothing for seconds.
      expect(startMs).toBeLessThan(5000);
      expect(connections(ended)).toEqual([expect.objectContaining({ port: ports[9] })]);
    });

    it('exits 3 where the one that --port names does not answer', { timeout }, async () => {
      const { ended, ports } = await withTenPorts('--port', '{0}');
      expect(ended.exitCode).toBe(3);
      expect(ended.left).toEqual([]);
      const { outcome, reason } = JSON.parse(ended.stdout);
      expect(outcome).toBe('untested');
      expect(reason).toContain(`listens on 127.0.0.1:${ports[0]}, but a client that connected got no answer`);
    });
  });
});
