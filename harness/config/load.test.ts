import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findConfig } from './find.js';
import { loadConfig } from './load.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a file of this name holds, found as `--config` finds it. */
async function load(name: string, text: string): Promise<unknown> {
  writeFileSync(join(folder, name), text);
  const file = findConfig(folder, name);
  if (file === undefined) throw new Error('it was not found');
  return loadConfig(file);
}

describe('a configuration can be', () => {
  const held = { command: ['x'], deadline: 5 };
  const defined = "import { defineConfig } from 'signal-conformance';\nexport default ";
  const files: readonly [string, string][] = [
    ['plain.json', '\ufeff{ "command": ["x"], "deadline": 5 }'],
    ['typed.ts', `${defined}defineConfig({ command: ['x'] as string[], deadline: 5 satisfies number });`],
    ['typed.mts', `${defined}defineConfig({ command: ['x'] as const, deadline: 5 });`],
    ['module.mjs', `${defined}defineConfig({ command: ['x'], deadline: 5 });`],
    ['either.js', `${defined}{ command: ['x'], deadline: 5 };`],
    ['common.cjs', "module.exports = { command: ['x'], deadline: 5 };"],
    ['common.cts', "const five: number = 5; module.exports = { command: ['x'], deadline: five };"],
    ['function.mjs', "export default () => ({ command: ['x'], deadline: 5 });"],
    ['asynchronous.ts', "export default async () => ({ command: ['x'], deadline: 5 });"],
    ['promise.ts', "export default Promise.resolve({ command: ['x'], deadline: 5 });"],
  ];
  test.each(files)('%s', async (name, text) => {
    expect(await load(name, text)).toEqual(held);
  });
});

describe('a configuration that cannot be loaded is wrong configuration:', () => {
  const files: readonly [string, string, RegExp][] = [
    ['empty.json', '', /expected JSON, given an empty file/],
    ['cut.json', '{ "command": ["x"', /beginning of one.*complete it/],
    ['comma.json', '{\n  "command": ["x"],\n}', /in line 3, column 1 .*take the comma before it out/],
    [
      'twice.json',
      '{ "targets": { "a": {}, "a": {} } }',
      /targets\.a: expected each key once, given it twice/,
    ],
    ['comment.json', '{\n  // why\n}', /in line 2, column 3 .*take the comment out.*comment\.mjs/],
    [
      'syntax.ts',
      'export default {\n  command: = 1 }',
      /a syntax error \(syntax\.ts:2:11\): Unexpected token/,
    ],
    ['throws.mjs', 'const a = {};\nexport default { b: a.b.c };', /TypeError \(throws\.mjs:2\): Cannot read/],
    [
      'rejects.ts',
      "export default async () => {\n  throw new RangeError('far');\n};",
      /RangeError \(rejects\.ts:2\): far/,
    ],
    ['text.mjs', "throw 'a text'", /'a text'/],
    ['import.ts', "import './none.js'; export default {};", /Cannot find module '\.\/none\.js'; install/],
    ['named.ts', 'export const command = [];', /expected a default export, given none/],
  ];
  test.each(files)('%s', async (name, text, message) => {
    await expect(load(name, text)).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', file: name, message: expect.stringMatching(message) }),
    );
  });

  test.skipIf(process.getuid?.() === 0)('one that may not be read', async () => {
    writeFileSync(join(folder, 'secret.json'), '{}');
    chmodSync(join(folder, 'secret.json'), 0);
    await expect(load('secret.json', '{}')).rejects.toThrow(/EACCES/);
  });
});

describe('the configuration file', () => {
  test('is the only one of the folder; without one there is none', () => {
    const here = mkdtempSync(join(folder, 'here-'));
    expect(findConfig(here, undefined)).toBeUndefined();
    writeFileSync(join(here, 'signal-conformance.config.mjs'), '');
    expect(findConfig(here, undefined)).toMatchObject({
      shown: 'signal-conformance.config.mjs',
      extension: '.mjs',
    });
    writeFileSync(join(here, 'signal-conformance.config.json'), '');
    expect(() => findConfig(here, undefined)).toThrow(
      /signal-conformance\.config\.mjs and signal-conformance\.config\.json in /,
    );
    expect(findConfig(here, 'signal-conformance.config.json')).toMatchObject({ extension: '.json' });
  });

  test('that is named must be a file with a known ending', () => {
    mkdirSync(join(folder, 'sub.json'));
    writeFileSync(join(folder, 'c.yaml'), '');
    expect(() => findConfig(folder, 'none.json')).toThrow(/which does not exist/);
    expect(() => findConfig(folder, '')).toThrow(/which does not exist/);
    expect(() => findConfig(folder, 'sub.json')).toThrow(/which is a folder.*sub\.json\/signal-conformance/);
    expect(() => findConfig(folder, 'c.yaml')).toThrow(/give it one of the endings \.ts/);
  });
});
