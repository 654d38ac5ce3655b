import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { toJson } from '../../reports/json.js';
import type { Report, Verdict } from '../../reports/report.js';
import { fakeIo, reportOf } from './fake-io.js';
import { main } from './main.js';

let folder: string;
let path: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gate-'));
  path = join(folder, 'baseline.json');
});
beforeEach(() => rmSync(path, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const verdict = (run: string, outcome: Verdict['outcome'], message = 'idle-1 was never told'): Verdict => ({
  id: `notice.every-client@${run}`,
  requirement: 'notice.every-client',
  run,
  level: 'MUST',
  outcome,
  message,
  evidence: [],
});
const failing = { outcome: 'nonconformant', verdicts: [verdict('idle/SIGTERM', 'fail')] } as const;
const passing = { outcome: 'conformant', verdicts: [verdict('idle/SIGTERM', 'pass')] } as const;

async function run(report: Partial<Report>, ...args: string[]) {
  let isStarted = false;
  const { io, out, err } = fakeIo({
    conform: async () => {
      isStarted = true;
      return reportOf(report);
    },
  });
  const ending = await main([...args, 'x'], io);
  return { ending, isStarted, text: (out() + err()).replaceAll(/\s+/g, ' ') };
}
const update = (report: Partial<Report>, ...args: string[]) =>
  run(report, '--baseline', path, '--update-baseline', ...args);
const read = () => JSON.parse(readFileSync(path, 'utf8'));

test('a baseline is made, lets the same failure pass, and no other', async () => {
  const made = await update(failing);
  expect(made.ending).toEqual({ status: 0 });
  expect(made.text).toContain('was made: 1 added (notice.every-client@idle/SIGTERM)');
  const known = await run(failing, '--baseline', path);
  expect(known.ending).toEqual({ status: 0 });
  expect(known.text).toContain('nonconformant, as known: 1 failure is listed in');
  const other = { ...failing, verdicts: [verdict('idle/SIGTERM', 'fail', 'it crashed')] };
  expect((await run(other, '--baseline', path)).ending).toEqual({ status: 1 });
  expect((await run(failing)).ending).toEqual({ status: 1 });
});

test('what passes again is stale until the baseline is updated', async () => {
  await update(failing);
  const stale = await run(passing, '--baseline', path);
  expect(stale.ending).toEqual({ status: 1 });
  expect(stale.text).toMatch(
    /stale: \S+ lists 1 failure that passes now: remove it with --update-baseline\. The target is conformant\. Exit status 1\./,
  );
  expect((await update(passing)).text).toContain('was updated: 1 removed');
  expect(read().known).toEqual([]);
  expect((await run(passing, '--baseline', path)).ending).toEqual({ status: 0 });
});

test('a part of the plan leaves the other entries alone', async () => {
  await update({ ...failing, verdicts: [...failing.verdicts, verdict('early-bound/SIGTERM', 'fail')] });
  const listed = () => read().known.map(({ id }: Verdict) => id);
  for (const part of [
    { wholePlan: false },
    { wholePlan: true, shard: { index: 1, of: 2 } },
    // Of a version that did not write it.
    {},
  ]) {
    await update({ ...passing, ...part });
    expect(listed(), JSON.stringify(part)).toEqual(['notice.every-client@early-bound/SIGTERM']);
  }
  await update({ ...passing, wholePlan: true });
  expect(listed()).toEqual([]);
});

test('with --quiet too, standard error says in one line what became of the baseline', async () => {
  const err = async (report: Partial<Report>) => {
    const { io, err } = fakeIo({ conform: async () => reportOf(report) });
    await main(['--quiet', '--baseline', path, '--update-baseline', 'x'], io);
    return err();
  };
  const line = (words: string) => `signal-conformance: ${path} ${words}\n`;
  expect(await err(failing)).toBe(line('was made: 1 added (notice.every-client@idle/SIGTERM)'));
  expect(await err(failing)).toBe(line('stays as it is: 1 kept'));
  expect(await err({ ...failing, outcome: 'interrupted' })).toContain('was not changed: it was interrupted');
  expect(await err(passing)).toBe(line('was updated: 1 removed (notice.every-client@idle/SIGTERM)'));
});

test('a baseline of another target of the configuration is refused, and one without a name is not', async () => {
  const config = join(folder, 'two.json');
  const command = [process.execPath];
  writeFileSync(config, JSON.stringify({ targets: { api: { command }, worker: { command } } }));
  const of = async (target: string, ...args: string[]) => {
    const { io, err } = fakeIo({
      conform: async (command, _options, _hooks, { name }) =>
        reportOf({ ...failing, target: { ...reportOf({}).target, command, ...(name && { name }) } }),
    });
    const all = ['--config', config, '--target', target, '--baseline', path, ...args];
    return { ending: await main(all, io), err: err().replaceAll(/\s+/g, ' ') };
  };
  await of('api', '--update-baseline');
  expect(read().target).toEqual({ kind: 'server', name: 'api', command });
  expect((await of('api')).ending).toEqual({ status: 0 });
  const other = await of('worker', '--update-baseline');
  expect(other.ending).toEqual({ status: 2 });
  expect(other.err).toContain('which is of the target api; this is worker');
  expect(read().target.name).toBe('api');
  // The same name under another command: it is told, and taken.
  writeFileSync(path, readFileSync(path, 'utf8').replace(/"command":\[[^\]]*\]/, '"command":["former"]'));
  expect((await of('api')).ending).toEqual({ status: 0 });
  await of('api', '--update-baseline');
  expect(read().target).toEqual({ kind: 'server', name: 'api', command });
  writeFileSync(path, readFileSync(path, 'utf8').replace('"name":"api",', ''));
  expect((await of('worker')).ending).toEqual({ status: 0 });
  await of('worker', '--update-baseline');
  expect(read().target.name).toBe('worker');
});

test.each([
  ['was interrupted', { ...failing, outcome: 'interrupted' } as const],
  ['was not started', { outcome: 'untested', reason: 'it ended', verdicts: [] } as const],
])('a report of what %s changes no baseline', async (_what, report) => {
  await update(failing);
  const before = readFileSync(path, 'utf8');
  const { ending, text } = await update(report);
  expect(ending).toEqual({ status: 3 });
  expect(text).toContain('was not changed');
  expect(readFileSync(path, 'utf8')).toBe(before);
});

const good = (known: readonly object[] = [], kind = 'server') =>
  JSON.stringify({ schema: 'signal-conformance/baseline/1', target: { kind, command: ['x'] }, known });
const entry = (id: string) => ({ id, outcome: 'fail', reason: '', message: 'm' });

test.each([
  ['cut short', '{"schema": "signal-conf', 'the beginning of one'],
  ['of another kind of target', good([], 'client'), 'which is of a client; this tests a server'],
  [
    'with a misspelt requirement',
    good([entry('notice.every-clint@idle/SIGTERM')]),
    'did you mean notice.every-client?',
  ],
  ['with a misspelt scenario', good([entry('notice.once@idel/SIGTERM')]), 'did you mean idle?'],
])(
  'a baseline %s is refused before anything is started, and nothing is overwritten',
  async (_what, text, words) => {
    const json = join(folder, 'report.json');
    writeFileSync(json, 'a former report');
    writeFileSync(path, text);
    for (const more of [[], ['--update-baseline']]) {
      const result = await run(failing, '--baseline', path, '--json', json, ...more);
      expect(result.ending).toEqual({ status: 2 });
      expect(result.isStarted).toBe(false);
      expect(result.text).toContain(words);
    }
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(readFileSync(json, 'utf8')).toBe('a former report');
  },
);

test.each([
  ['no such file', ['--baseline', '/nowhere/b.json'], 'add --update-baseline once'],
  [
    'no such folder',
    ['--baseline', '/nowhere/b.json', '--update-baseline'],
    'the folder /nowhere does not exist',
  ],
  ['no baseline to update', ['--update-baseline'], '--update-baseline without --baseline'],
  ['an update of a plan', ['--baseline', 'b', '--update-baseline', '--dry-run'], 'a plan has no verdicts'],
  ['standard output', ['--baseline', '-', '--update-baseline'], 'name a file'],
  [
    'the place of a report',
    ['--baseline', '/tmp/b.json', '--json', '/tmp/b.json'],
    'another place than that of --baseline',
  ],
  ['a year of the future', ['--edition', '9999'], 'a year from 2026'],
])('%s is refused', async (_what, args, words) => {
  const { ending, isStarted, text } = await run(failing, ...args);
  expect(ending).toEqual({ status: 2 });
  expect(isStarted).toBe(false);
  expect(text).toContain(words);
});

test('the baseline of another command is refused, of another folder is not, and without any is taken', async () => {
  writeFileSync(path, good().replace('["x"]', '["/usr/bin/x"]'));
  expect((await run(passing, '--baseline', path)).ending).toEqual({ status: 0 });
  const other = good([entry('notice.once@idle/SIGTERM')]).replace('["x"]', '["node","y"]');
  writeFileSync(path, other);
  for (const more of [[], ['--update-baseline'], ['--quiet']]) {
    const { ending, isStarted, text } = await run(passing, '--baseline', path, ...more);
    expect([ending, isStarted]).toEqual([{ status: 2 }, false]);
    expect(text).toContain('which was made with another command: node y; this is x');
    expect(text).toContain('change "command" of "target" in that file');
  }
  expect(readFileSync(path, 'utf8')).toBe(other);
  writeFileSync(path, good().replace(',"command":["x"]', ''));
  expect((await run(passing, '--baseline', path, '--update-baseline')).ending).toEqual({ status: 0 });
  expect(read().target).toEqual({ kind: 'server', command: ['x'] });
});

test('nothing but the baseline is left in its folder', async () => {
  await update(failing);
  expect(readdirSync(folder).filter((name) => name.includes('baseline'))).toEqual(['baseline.json']);
});

async function diff(...args: string[]) {
  const { io, out, err } = fakeIo();
  return { ending: await main(['diff', ...args], io), out: out(), err: err().replaceAll(/\s+/g, ' ') };
}
const file = (name: string, report: Partial<Report>) => {
  writeFileSync(join(folder, name), toJson(reportOf(report)));
  return join(folder, name);
};

test('diff says what got worse, and its exit status does', async () => {
  const [old, now] = [file('old.json', passing), file('now.json', failing)];
  expect((await diff(old, now)).ending).toEqual({ status: 1 });
  expect((await diff(now, old)).ending).toEqual({ status: 0 });
  expect((await diff(old, old)).out).toContain('nothing changed');
  const machine = await diff('--json', '-', old, now);
  expect(JSON.parse(machine.out)).toMatchObject({
    schema: 'signal-conformance/diff/1',
    worse: '1 newly failing',
  });
  expect(machine.err).toContain('worse: 1 newly failing. Exit status 1.');
});

test('diff counts a SHOULD with --strict only', async () => {
  const should = { verdicts: [{ ...verdict('idle/SIGTERM', 'fail'), level: 'SHOULD' as const }] };
  const [old, now] = [file('old.json', passing), file('now.json', should)];
  expect((await diff(old, now)).ending).toEqual({ status: 0 });
  expect((await diff('--strict', old, now)).ending).toEqual({ status: 1 });
});

test('diff refuses what is no report, and reports of two kinds', async () => {
  const old = file('old.json', passing);
  const { target } = reportOf({});
  const client = file('client.json', { target: { ...target, kind: 'client' } });
  expect((await diff(old, client)).ending).toEqual({ status: 2 });
  expect((await diff(old, client)).err).toContain('given one of a client');
  expect((await diff(old, join(folder, 'nothing.json'))).err).toContain('wrong usage of <new.json>');
  expect((await diff(old)).ending).toEqual({ status: 2 });
});
