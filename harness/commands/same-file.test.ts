import { linkSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toJson } from '../../reports/json.js';
import { fakeIo, reportOf } from './fake-io.js';
import { main } from './main.js';
import { isSameFile, withCommand } from './same-file.js';

let folder = '';
const at = (name: string) => join(folder, name);
const report = toJson(reportOf({}));
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'same-'));
  writeFileSync(at('old.json'), report);
  writeFileSync(at('other.json'), report);
  linkSync(at('old.json'), at('hard.json'));
  symlinkSync('old.json', at('soft.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['old.json', './x/../old.json', true],
  ['old.json', 'hard.json', true],
  ['old.json', 'soft.json', true],
  ['old.json', 'other.json', false],
  ['not-yet.json', 'old.json', false],
  ['not-yet.json', 'not-yet.json', true],
])('%s and %s: one file is %s', (one, other, is) => {
  expect(isSameFile(at(one), `${folder}/${other}`)).toBe(is);
});

test('standard output is no file of that name', () => {
  expect(isSameFile('-', '-')).toBe(true);
  expect(isSameFile('-', './-')).toBe(false);
});

test.each<[string, (place: string) => string[]]>([
  ['diff', (place) => ['diff', at('other.json'), at('old.json'), '--json', at(place)]],
  ['a run', (place) => ['--shard', '1/2', '--shard-durations', at('old.json'), '--html', at(place), 'x']],
  ['two reports', (place) => ['--json', at('old.json'), '--html', at(place), 'node']],
  ['the command', (place) => ['--markdown', at(place), 'node', at('old.json')]],
  ['a pair', (place) => ['pair', '--tap', at(place), 'node', '--', 'node', at('old.json')]],
  ['a place that cannot be written', () => ['--json', at('old.json'), '--html', at('no/x.html'), 'node']],
])('%s puts no report in the place of what is read, and removes nothing', async (_what, args) => {
  for (const place of ['old.json', 'hard.json', 'soft.json']) {
    const { io, err } = fakeIo();
    expect(await main(args(place), io)).toEqual({ status: 2 });
    expect(err()).toMatch(/another\s+place\s+than|does not exist/);
    expect(readFileSync(at('old.json'), 'utf8')).toBe(report);
  }
});

test('durations of another target are refused', async () => {
  const { io, err } = fakeIo();
  const args = ['--shard', '1/2', '--shard-durations', at('old.json'), 'node', 'y'];
  expect(await main(args, io)).toEqual({ status: 2 });
  const said = err().replaceAll(/\s+/g, ' ');
  expect(said).toMatch(/expected +a former report of this target: server node y/);
  expect(said).toContain('which is of another one: server x');
});

test('of the words of a command those are read that are files, also in its working directory', () => {
  const words = ['node', 'old.json', at('other.json'), '.', 'no.json', 'x'.repeat(5000), 'a\0b'];
  const { inputs } = withCommand({ inputs: [{ name: '--config', path: 'c.json' }] }, words, folder);
  expect(inputs.map(({ path }) => path)).toEqual(['c.json', at('old.json'), at('other.json')]);
});
