import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../reports/report.js';
import { UsageError } from '../errors.js';
import type { AnyOptions } from '../options/kind-options.js';
import type { As, Engine } from './engine.js';
import { failed, fakeIo, reportOf } from './fake-io.js';
import { main } from './main.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const node = process.execPath;
let files = 0;
function write(config: object): string {
  const path = join(folder, `c${++files}.json`);
  writeFileSync(path, JSON.stringify(config));
  return path;
}

interface Call {
  readonly command: readonly string[];
  readonly options: AnyOptions;
  readonly as: As;
}

/** An engine that starts nothing, and the targets that it was asked to test. */
function fake(outcomeOf: (call: Call) => Outcome = () => 'conformant') {
  const calls: Call[] = [];
  const conform: Engine['conform'] = async (command, options, _hooks, as) => {
    calls.push({ command, options, as });
    return reportOf({ outcome: outcomeOf({ command, options, as }) });
  };
  return { ...fakeIo({ conform }), calls };
}

const two = { targets: { api: { command: [node, 'a'] }, worker: { kind: 'program', command: [node, 'w'] } } };

describe('a configuration', () => {
  test('says what is tested, of each kind, and with which options', async () => {
    const config = write({
      deadline: '5s',
      targets: {
        api: { command: [node, 'a'], slowPath: '/s', protocol: 'http' },
        both: { kind: 'pair', command: [node, 'b'], client: [node, 'c'], deadline: '1s' },
      },
    });
    const { io, calls } = fake();
    expect(await main(['--config', config, '--jobs', '2'], io)).toEqual({ status: 0 });
    const shared = { cwd: folder, jobs: 2 };
    expect(calls).toEqual([
      {
        command: [node, 'a'],
        options: { ...shared, deadline: '5s', slowPath: '/s', protocol: 'http' },
        as: { kind: 'server', name: 'api' },
      },
      {
        command: [node, 'b'],
        options: { ...shared, deadline: '1s' },
        as: { kind: 'pair', client: [node, 'c'], name: 'both' },
      },
    ]);
  });

  test('of several targets shows each under its heading, and one line for all', async () => {
    const { io, out } = fake(({ as }) => (as.kind === 'program' ? 'nonconformant' : 'conformant'));
    expect(await main(['--config', write(two)], io)).toEqual({ status: 1 });
    const text = out();
    expect(text).toMatch(/^Target 1 of 2: api\n\nsignal-conformance.*\nTarget 2 of 2: worker\n/s);
    expect(text).toMatch(/\n2 targets: 1 conformant, 1 nonconformant \(worker\)\. Exit status 1\.\n$/);
    expect(text.match(/Exit status/g)).toHaveLength(1);
  });

  test('of one target looks like a command', async () => {
    const { io, out } = fake();
    expect(await main(['--config', write(two), '--target', 'work*'], io)).toEqual({ status: 0 });
    expect(out()).toMatch(/^signal-conformance.*Exit status 0\.\n$/s);
  });

  test('has reports for each target, from its own folder', async () => {
    const config = write({ ...two, json: '{target}.json', strict: true });
    const junit = join(folder, '{target}.xml');
    expect(await main(['--config', config, '--junit', junit], fake().io)).toEqual({ status: 0 });
    for (const name of ['api', 'worker']) {
      expect(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')).outcome).toBe('conformant');
      expect(readFileSync(join(folder, `${name}.xml`), 'utf8')).toMatch(/<testsuites/);
    }
  });

  test('may be strict, and the command line wins over what it shows', async () => {
    const failed = {
      id: 'notice.once@r',
      requirement: 'notice.once',
      run: 'r',
      level: 'SHOULD',
      outcome: 'fail',
      message: 'twice',
      evidence: [],
    } as const;
    const conform = async () => reportOf({ verdicts: [failed] });
    const config = write({ command: [node], strict: true, verbose: true });
    const strict = fakeIo({ conform });
    expect(await main(['--config', config, '--quiet'], strict.io)).toEqual({ status: 1 });
    const text = strict.out();
    expect(text).toMatch(/^FAIL|^WARN/);
    expect(await main(['--config', write({ command: [node] })], fakeIo({ conform }).io)).toEqual({
      status: 0,
    });
  });

  test('names the command that plays a failed run again by its target', async () => {
    const conform = async () =>
      reportOf({
        outcome: 'nonconformant',
        verdicts: [failed],
      });
    const { io, out } = fakeIo({ conform });
    const config = write(two);
    await main(['--config', config, '--target', 'work*', '--deadline', '3s'], io);
    const again = out().replaceAll(/ \\\n\s*/g, ' ');
    expect(again).toMatch(/signal-conformance --only 'idle\/SIGTERM' .*--target worker\n/);
    for (const part of [`--config ${config}`, '--deadline 3s']) expect(again).toContain(part);
    expect(again).not.toContain('work*');
  });

  test('is ended by an interruption, before the next target', async () => {
    const { io, out, signals } = fakeIo({
      conform: async (_command, _options, { signal }) => {
        signals.emit('SIGTERM');
        return reportOf({ outcome: signal.aborted ? 'interrupted' : 'conformant' });
      },
    });
    expect(await main(['--config', write(two)], io)).toEqual({ signal: 'SIGTERM' });
    const text = out();
    expect(text).toContain('Target 1 of 2');
    expect(text).not.toContain('Target 2 of 2');
    expect(text).toMatch(/2 targets: 1 interrupted, 1 not begun\. Interrupted\.\n$/);
  });

  test('goes on after a target whose pattern fits nothing', async () => {
    const { io, out, err } = fakeIo({
      conform: async (_command, _options, _hooks, { kind }) => {
        if (kind === 'program') return reportOf({});
        throw new UsageError({ option: 'only', expected: 'a pattern', given: "'x'", fix: 'write another' });
      },
    });
    const config = write({ ...two, only: 'x' });
    expect(await main(['--config', config], io)).toEqual({ status: 2 });
    expect(err()).toMatch(/wrong configuration\n {2}file {6}.*\n {2}key {7}only\n/);
    expect(out()).toContain('1 with a wrong option (api), 1 conformant. Exit status 2.');
  });

  test('is not gone on with after a fault of this program', async () => {
    const { io } = fakeIo({ conform: () => Promise.reject(new TypeError('a bug')) });
    await expect(main(['--config', write(two)], io)).rejects.toThrow('a bug');
  });

  test('with --dry-run plans its targets, and touches no report', async () => {
    const json = join(folder, 'kept.json');
    writeFileSync(json, 'former');
    const { survey } = reportOf({});
    const dryRun: Engine['dryRun'] = async () => ({
      survey,
      protocol: 'x',
      runs: [],
      notPlayed: [],
      lowerBoundMs: 1,
    });
    const { io, out } = fakeIo({ dryRun });
    const config = write({
      targets: { api: { command: [node], json: 'kept.json' }, b: { command: [node] } },
    });
    expect(await main(['--config', config, '--dry-run'], io)).toEqual({ status: 0 });
    expect(out()).toMatch(/2 targets: 2 planned\. Exit status 0\.\n$/);
    expect(readFileSync(json, 'utf8')).toBe('former');
  });
});

describe('wrong configuration exits 2, starts nothing, and writes nothing', () => {
  const one = (api: object, top: object = {}) => ({
    ...top,
    targets: { first: { command: [node] }, api: { command: [node], ...api } },
  });
  const wrong: readonly [string, object, string[], RegExp][] = [
    ['a wrong value', one({ deadline: '5' }), [], /key {7}targets\.api\.deadline\n.*a duration from/],
    ['a wrong value at the top', one({}, { deadline: '5' }), [], /key {7}deadline\n/],
    ['a wrong value on the command line', one({}), ['--deadline', '5'], /wrong usage of --deadline\n/],
    [
      'a command that is not there',
      one({ command: ['./none'] }),
      [],
      /key {7}targets\.api\.command\n.*\n.*\.\/none/,
    ],
    ['a folder that is not there', one({ cwd: 'none' }), [], /key {7}targets\.api\.cwd\n/],
    [
      'options that contradict each other',
      one({ port: 1, socket: '/tmp/s' }),
      [],
      /key {7}targets\.api\.port\n/,
    ],
    [
      'an option of another kind',
      one({ kind: 'program' }),
      ['--path', '/'],
      /wrong usage of --path\n.*for a program/,
    ],
    [
      'one report for two targets',
      one({}, { json: 'x.json' }),
      [],
      /key {7}json\n.*\n.*for first and\s+for api\n.*\{target\}/s,
    ],
    ['one report for two targets, on the command line', one({}), ['--json', 'x'], /wrong usage of --json\n/],
    [
      'standard output for several targets',
      one({}, { junit: '-' }),
      [],
      /key {7}junit\n.*\n.*standard output/,
    ],
    [
      'two reports of a target at one place',
      one({ json: 'x', junit: './x' }),
      [],
      /key {7}targets\.api\.junit\n/,
    ],
    [
      'a folder for reports that is not there',
      one({ json: 'none/x.json' }),
      [],
      /c\d+\.json: targets\.api\.json: .*mkdir -p/,
    ],
    ['quiet and verbose', one({}, { quiet: true, verbose: true }), [], /key {7}quiet\n/],
    [
      'a name that nobody has',
      { command: [node], json: '{target}.json' },
      [],
      /key {7}json\n.*\n.*has no name/,
    ],
    [
      'a target that is not there',
      one({}),
      ['--target', 'ap'],
      /wrong usage of --target\n.*\n.*\n.*did you mean api\?/,
    ],
    ['a command beside it', one({}), ['node'], /wrong usage of --config\n/],
  ];
  test.each(wrong)('%s', async (_what, config, args, message) => {
    const { io, out, err, calls } = fake();
    const path = write(config);
    expect(await main(['--config', path, ...args], io)).toEqual({ status: 2 });
    expect(err()).toMatch(message);
    expect(out()).toBe('');
    expect(calls).toEqual([]);
    expect(existsSync(join(folder, 'x.json'))).toBe(false);
  });

  test('a former report is kept while the options of a later target are wrong', async () => {
    const former = join(folder, 'former.json');
    writeFileSync(former, 'former');
    const targets = {
      first: { command: [node], json: 'former.json' },
      api: { command: [node], deadline: 1 },
    };
    expect(await main(['--config', write({ targets })], fake().io)).toEqual({ status: 2 });
    expect(readFileSync(former, 'utf8')).toBe('former');
  });

  test('on Windows', async () => {
    const { io, err } = fakeIo({}, 'win32');
    expect(await main(['--config', write(two)], io)).toEqual({ status: 2 });
    expect(err()).toMatch(/Windows has no POSIX signals/);
  });
});
