import { describe, expect, test } from 'vitest';
import type { ConformOptions } from '../options/options.js';
import { fakeIo, reportOf } from './fake-io.js';
import { main } from './main.js';

/** What a command line asks of the engine. */
async function asked(...args: string[]): Promise<{ command: readonly string[]; options: ConformOptions }> {
  const calls: { command: readonly string[]; options: ConformOptions }[] = [];
  const { io, err } = fakeIo({
    conform: async (command, options) => {
      calls.push({ command, options });
      return reportOf({});
    },
  });
  const ending = await main(args, io);
  const [call] = calls;
  if (call === undefined) throw new Error(`nothing was asked: ${err()}`);
  expect(ending).toEqual({ status: 0 });
  return call;
}

describe('a command line', () => {
  test('is that of run where it names no command', async () => {
    expect(await asked('node', 'server.js')).toEqual({ command: ['node', 'server.js'], options: {} });
    expect(await asked('run', 'node', 'server.js')).toEqual({ command: ['node', 'server.js'], options: {} });
  });

  test('gives options after the program to the target', async () => {
    const { command, options } = await asked(
      '--deadline',
      '5s',
      'node',
      '--deadline',
      '6s',
      '--help',
      '--',
      '-x',
    );
    expect(command).toEqual(['node', '--deadline', '6s', '--help', '--', '-x']);
    expect(options).toEqual({ deadline: '5s' });
  });

  test('may have -- before the program, which may be called as a command is', async () => {
    expect((await asked('--full', '--', 'list', '--', 'x')).command).toEqual(['list', '--', 'x']);
    expect((await asked('--', 'client')).command).toEqual(['client']);
    expect((await asked('run', 'run')).command).toEqual(['run']);
  });

  test('passes every option on in the spelling of the API', async () => {
    const { options } = await asked(
      ...['--deadline=5s', '--tolerance', '0ms', '--protocol', 'tcp', '--notice', '--bye--'],
      ...['--stop-signals', 'TERM', '--reload-signals', 'HUP', '--ignore-signals', 'USR1'],
      ...['--exit-status', '0', '--port', '80', '--ready', 'up', '--startup-timeout', '1s'],
      ...['--path', '/', '--slow-path', '/s', '--clients', '1', '--env', 'A=1', '--env', 'B='],
      ...[
        '--cwd',
        '/',
        '--only',
        'a',
        '--only',
        'b',
        '--skip',
        'c',
        '--full',
        '--jobs',
        '2',
        '--repeat',
        '3',
      ],
      'node',
    );
    expect(options).toEqual({
      deadline: '5s',
      tolerance: '0ms',
      protocol: 'tcp',
      notice: '--bye--',
      stopSignals: 'TERM',
      reloadSignals: 'HUP',
      ignoreSignals: 'USR1',
      exitStatus: '0',
      port: 80,
      ready: 'up',
      startupTimeout: '1s',
      path: '/',
      slowPath: '/s',
      clients: 1,
      env: { A: '1', B: '' },
      cwd: '/',
      only: ['a', 'b'],
      skip: ['c'],
      full: true,
      jobs: 2,
      repeat: 3,
    });
  });

  test('can say that there is no notice', async () => {
    expect((await asked('--no-notice', 'node')).options).toEqual({ notice: false });
  });

  test('of the demo starts the server of the package with a deadline of 2 s', async () => {
    const { command, options } = await asked('demo', '--clients', '2');
    expect(command[0]).toBe(process.execPath);
    expect(command[1]).toMatch(/fixtures\/servers\/echo\.cjs$/);
    const told = { deadlineEnv: 'DEADLINE_MS', deadlineUnit: 'ms' };
    expect(options).toEqual({ clients: 2, deadline: '2s', ...told });
    expect((await asked('demo', '--deadline', '500ms', '--env', 'A=1')).options).toEqual({
      deadline: '500ms',
      env: { A: '1' },
      ...told,
    });
  });
});

describe('wrong usage exits 2, starts nothing, and names the fix', () => {
  const wrong: [string[], RegExp, RegExp][] = [
    [[], /usage of <command>/, /signal-conformance --deadline 5s node server\.js/],
    [['--deadlin', '5s', 'node'], /usage of --deadlin/, /did you mean --deadline\?/],
    [['--deadline'], /usage of --deadline/, /write --deadline <duration>/],
    [['--clients', 'many', 'node'], /usage of --clients/, /in digits/],
    [['--env', 'A', 'node'], /usage of --env/, /write A=value/],
    [['--quiet', '--verbose', 'node'], /usage of --quiet/, /leave one of the two out/],
    [['--json', '-', '--junit', '-', 'node'], /usage of --junit/, /at most one of them can be -/],
    [['--json', 'x', '--junit', './x', 'node'], /usage of --junit/, /two different files/],
    [['--json', '/no/such/folder/x', 'node'], /--json: /, /mkdir -p/],
    [['--html', '/no/such/folder/x', 'node'], /--html: /, /mkdir -p/],
    [['--json', 'x', '--html', './x', 'node'], /usage of --html/, /two different files/],
    [['--dry-run', '--html', 'x', 'node'], /usage of --dry-run/, /leave one out/],
    [['--dry-run', '--json', 'x', 'node'], /usage of --dry-run/, /leave one out/],
    [['client'], /starts the\s+client/, /signal-conformance client --deadline 5s/],
    [['program', '--deadlin', '5s', 'x'], /usage of --deadlin/, /did you mean --deadline\?/],
    [['program', '--handles', 'USR1', 'x'], /usage of --handles/, /ALRM=exit:0/],
    [['client', '--sweep', 'read', 'x'], /usage of --sweep/, /see signal-conformance client --help/],
    [['pair', 'a'], /starts the\s+client/, /pair node\s+server\.js\s+--\s+node\s+client\.js/],
    [['pair', '--', 'b'], /starts the\s+client/, /pair node\s+server\.js\s+--\s+node\s+client\.js/],
    [['demo', 'node'], /no command/, /signal-conformance node/],
    [['list', 'all'], /too many arguments/, /list --help/],
    [['list', '--format', 'jsn'], /usage of --format/, /did you mean json\?/],
    [['list', '--format', 'toString'], /usage of --format/, /text, markdown/],
    [['explain'], /usage of <requirement>/, /explain --help/],
    [['explain', 'notice.evry-client'], /usage of <requirement>/, /did you mean notice\.every-client\?/],
    [['explain', 'once'], /usage of <requirement>/, /did you mean notice\.once\?/],
    [['explain', 'early'], /usage of <requirement>/, /is a scenario .*--only\s+early/s],
    [['explain', 'xyzzy'], /usage of <requirement>/, /signal-conformance list/],
    [['doctor', '--fix'], /usage of --fix/, /doctor --help/],
  ];
  test.each(wrong)('%j', async (args, message, fix) => {
    const { io, out, err } = fakeIo();
    expect(await main(args, io)).toEqual({ status: 2 });
    const text = err();
    expect(text).toMatch(message);
    expect(text).toMatch(fix);
    expect(out()).toBe('');
  });

  test.each([[['node']], [['demo']], [['--dry-run', 'node']]])('on Windows: %j', async (args) => {
    const { io, err } = fakeIo({}, 'win32');
    expect(await main(args, io)).toEqual({ status: 2 });
    expect(err()).toMatch(/Windows has no POSIX signals.*WSL/s);
  });
});

describe('on Windows', () => {
  test.each([[['--help']], [['list']], [['explain', 'notice.once']]])('%j works', async (args) => {
    const { io, out } = fakeIo({}, 'win32');
    expect(await main(args, io)).toEqual({ status: 0 });
    expect(out()).not.toBe('');
  });

  test('the doctor says that nothing can be tested', async () => {
    const { io, out } = fakeIo({}, 'win32');
    expect(await main(['doctor'], io)).toEqual({ status: 3 });
    expect(out()).toMatch(/CANNOT.*Windows has no POSIX signals/s);
  });
});

describe('help', () => {
  test.each([[['--help']], [['-h']], [['help']], [['run', '--help']], [['help', 'run']]])(
    '%j is that of run',
    async (args) => {
      const { io, out } = fakeIo();
      expect(await main(args, io)).toEqual({ status: 0 });
      expect(out()).toMatch(/^Usage: signal-conformance \[options\] <command>.*Exit status:/s);
    },
  );

  test.each(['demo', 'list', 'explain', 'doctor'])('of %s is its own', async (name) => {
    const { io, out } = fakeIo();
    expect(await main(['help', name], io)).toEqual({ status: 0 });
    expect(out()).toMatch(new RegExp(`^Usage: signal-conformance ${name} `));
  });
});
