import { describe, expect, test } from 'vitest';
import { UsageError } from '../errors.js';
import { checkConfig } from './check.js';
import { located, optionsOf, type Sources } from './compose.js';
import { ConfigError } from './config-error.js';
import { collision, placeFor } from './places.js';
import { selectTargets } from './select.js';

const command = ['x'];
const file = { path: '/app/c.json', shown: 'c.json', extension: '.json' } as const;

function sources(config: object, line: object = {}): Sources {
  const configuration = checkConfig(config, file);
  const [target] = configuration.targets;
  if (target === undefined) throw new Error('there is no target');
  return { configuration, target, line: line as Sources['line'] };
}

describe('the options of a target', () => {
  test('are those of the file, its own, and those of the command line, the later ones first', () => {
    const shared = { deadline: '1s', clients: 1, jobs: 1, env: { A: '1', B: '1', C: '1' } };
    const own = { deadline: '2s', clients: 2, env: { B: '2', C: '2' }, json: 'x', strict: true };
    const given = sources(
      { ...shared, targets: { api: { command, ...own } } },
      { deadline: '3s', env: { C: '3' } },
    );
    expect(optionsOf(given)).toEqual({
      deadline: '3s',
      clients: 2,
      jobs: 1,
      env: { A: '1', B: '2', C: '3' },
      cwd: '/app',
    });
  });

  test('have a working directory from the folder of the file, or from here where the command line has one', () => {
    expect(optionsOf(sources({ command, cwd: 'sub' })).cwd).toBe('/app/sub');
    expect(optionsOf(sources({ cwd: 'a', targets: { api: { command, cwd: 'b' } } })).cwd).toBe('/app/b');
    expect(optionsOf(sources({ command, cwd: 'sub' }, { cwd: 'here' })).cwd).toBe('here');
    expect(optionsOf(sources({ command, cwd: '' })).cwd).toBe('');
  });
});

describe('a wrong option is told where it stands:', () => {
  const wrong = new UsageError({ option: 'deadline', expected: 'a', given: 'b', fix: 'c' });
  test.each([
    [
      'on the command line',
      { deadline: 1, targets: { api: { command, deadline: 2 } } },
      { deadline: 3 },
      null,
    ],
    [
      'in the target',
      { deadline: 1, targets: { api: { command, deadline: 2 } } },
      {},
      'targets.api.deadline',
    ],
    ['at the top', { deadline: 1, targets: { api: { command } } }, {}, 'deadline'],
    ['in a target at the top', { command, deadline: 1 }, {}, 'deadline'],
    ['where it would stand', { targets: { api: { command } } }, {}, 'targets.api.deadline'],
  ])('%s', (_where, config, line, key) => {
    const error = located(wrong, sources(config, line));
    if (key === null) expect(error).toBe(wrong);
    else expect(error).toMatchObject({ file: 'c.json', key, expected: 'a', given: 'b', fix: 'c' });
  });

  test('once only, and nothing else is', () => {
    const error = new ConfigError('c.json', 'x', wrong);
    const other = new Error('deadline');
    const given = sources({ command });
    expect(located(error, given)).toBe(error);
    expect(located(other, given)).toBe(other);
  });
});

describe('the place of a report', () => {
  test('is in the folder, with the name of the target in it', () => {
    expect(placeFor('json', 'out/{target}.json', 'api', '/app')).toBe('/app/out/api.json');
    expect(placeFor('json', '/tmp/x.json', undefined, '/app')).toBe('/tmp/x.json');
    expect(placeFor('json', '-', 'api', '/app')).toBe('-');
    expect(() => placeFor('json', '{target}.json', undefined, '/app')).toThrow(/^json: .*has no name/);
  });

  test('is one of its own', () => {
    const at = (name: string, path: string) => ({ name, option: 'json', path });
    expect(collision([at('a', '/a'), at('b', '/b')])).toBeUndefined();
    expect(collision([at('a', '/x'), at('b', '/b'), at('c', '/x')])?.map(({ name }) => name)).toEqual([
      'c',
      'a',
    ]);
  });
});

describe('--target', () => {
  const { targets } = checkConfig(
    { targets: { api: { command }, 'api-2': { command }, worker: { command } } },
    file,
  );
  const chosen = (...globs: string[]) => selectTargets(targets, globs).map(({ name }) => name);

  test('chooses by globs, in the order of the file', () => {
    expect(chosen()).toEqual(['api', 'api-2', 'worker']);
    expect(chosen('worker', 'api')).toEqual(['api', 'worker']);
    expect(chosen('api*')).toEqual(['api', 'api-2']);
  });

  test('is wrong where it chooses nothing', () => {
    expect(() => chosen('api', 'workr')).toThrow(
      /a target of the file: api, api-2, worker, given 'workr'; did you mean worker\?/,
    );
    expect(() => selectTargets(checkConfig({ command }, file).targets, ['api'])).toThrow(
      /leave --target out/,
    );
  });
});
