import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeIo, reportOf } from './fake-io.js';
import { main } from './main.js';

let folder: string;
const at = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-config-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const node = process.execPath;
function write(config: object): string {
  writeFileSync(at('c.json'), JSON.stringify(config));
  return at('c.json');
}

/** An engine that starts nothing, and the commands that it was asked to test. */
function fake() {
  const calls: (readonly string[])[] = [];
  const conform = async (command: readonly string[]) => {
    calls.push(command);
    return reportOf({ outcome: 'conformant' });
  };
  return { ...fakeIo({ conform }), calls };
}

describe('a configuration', () => {
  test.each([
    ['two baselines', { baseline: 'known.json', updateBaseline: true }, {}],
    ['a report in the place of the baseline of another', { json: 'known.json' }, { baseline: 'known.json' }],
  ])('has no two files at one place: %s', async (_which, ofFirst, ofSecond) => {
    const { updateBaseline, ...shared } = { updateBaseline: false, ...ofFirst };
    const isShared = 'baseline' in shared;
    const targets = {
      api: { command: [node, 'a'], ...(isShared ? {} : shared) },
      web: { command: [node, 'a'], ...ofSecond },
    };
    const { io, err, calls } = fake();
    const config = write({ ...(isShared ? shared : {}), targets });
    const args = ['--config', config, ...(updateBaseline ? ['--update-baseline'] : [])];
    expect(await main(args, io)).toEqual({ status: 2 });
    expect(err()).toMatch(/a file of its own for each target\n.*known\.json' for api and for web/s);
    expect(calls).toEqual([]);
    expect(existsSync(at('known.json'))).toBe(false);
  });

  test('that cannot keep the recordings of its second target leaves the reports of the first', async () => {
    const targets = { api: { command: [node, 'a'] }, web: { command: [node, 'b'] } };
    mkdirSync(at('web'));
    writeFileSync(at('web/old.json'), '');
    writeFileSync(at('api.json'), 'kept');
    const { io, err, calls } = fake();
    const config = write({ targets, json: '{target}.json' });
    expect(await main(['--config', config, '--record', at('{target}')], io)).toEqual({ status: 2 });
    expect(err()).toContain('a new or an empty folder');
    expect(readFileSync(at('api.json'), 'utf8')).toBe('kept');
    expect(existsSync(at('api'))).toBe(false);
    expect(calls).toEqual([]);
  });
});
