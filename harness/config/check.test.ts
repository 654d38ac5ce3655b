import { describe, expect, test } from 'vitest';
import { checkConfig } from './check.js';
import type { ConfigFile } from './find.js';

const file: ConfigFile = { path: '/app/c.json', shown: 'c.json', extension: '.json' };
const command = ['node', 'server.js'];

test('one target may stand at the top, with what the terminal shows', () => {
  const { targets, shared, folder } = checkConfig(
    { $schema: 'x', command, deadline: '5s', quiet: true },
    file,
  );
  expect(folder).toBe('/app');
  expect(shared).toEqual({ quiet: true });
  expect(targets).toEqual([
    { name: undefined, at: [], kind: 'server', command, client: undefined, own: { deadline: '5s' } },
  ]);
});

test('several targets have names, kinds and options of their own', () => {
  const { targets, shared } = checkConfig(
    {
      deadline: '5s',
      targets: {
        api: { command, slowPath: '/slow', json: 'api.json' },
        worker: { kind: 'program', command, handles: { USR1: 'x' } },
        both: { kind: 'pair', command, client: ['c'] },
      },
    },
    file,
  );
  expect(shared).toEqual({ deadline: '5s' });
  expect(targets.map(({ name, kind, client, own }) => ({ name, kind, client, own }))).toEqual([
    { name: 'api', kind: 'server', client: undefined, own: { slowPath: '/slow', json: 'api.json' } },
    { name: 'worker', kind: 'program', client: undefined, own: { handles: { USR1: 'x' } } },
    { name: 'both', kind: 'pair', client: ['c'], own: {} },
  ]);
});

describe('what is wrong is named by its key', () => {
  const one = (target: object) => ({ targets: { api: { command, ...target } } });
  const wrong: readonly [string, unknown, string | undefined, RegExp][] = [
    ['no object', [], undefined, /expected an object/],
    ['nothing to test', {}, undefined, /expected a target.*add command/],
    ['an unknown key', { command, deadlin: '5s' }, 'deadlin', /did you mean deadline\?/],
    ['a misspelt key of all targets', { target: { api: {} } }, 'target', /did you mean targets\?/],
    ['an unknown key of a target', one({ slowPth: '/' }), 'targets.api.slowPth', /did you mean slowPath\?/],
    ['a key of __proto__', JSON.parse('{"command":["x"],"__proto__":1}'), '__proto__', /a known key/],
    ['no targets', { targets: {} }, 'targets', /at least one target/],
    ['a list of targets', { targets: [] }, 'targets', /an object, given \[\]/],
    ['a target that is none', { targets: { api: command } }, 'targets.api', /an object/],
    ['a name that is a path', { targets: { 'a/b': { command } } }, 'targets["a/b"]', /rename it/],
    ['both ways at once', { command, targets: { api: { command } } }, 'command', /move command/],
    ['an unknown kind', one({ kind: 'sever' }), 'targets.api.kind', /did you mean server\?/],
    ['an unknown kind at the top', { command, kind: 'sever' }, 'kind', /one of server, client/],
    ['no command', { targets: { api: {} } }, 'targets.api.command', /given nothing/],
    ['a line for a shell', { command: 'node server.js' }, 'command', /\['node', 'server.js'\]/],
    ['a pair without its client', one({ kind: 'pair' }), 'targets.api.client', /given nothing/],
    ['a client of a server', one({ client: ['x'] }), 'targets.api.client', /kind: 'pair'/],
    ['an option of another kind', one({ handles: {} }), 'targets.api.handles', /one of a program/],
    ['an option of the file', one({ quiet: true }), 'targets.api.quiet', /move it to the top/],
    ['targets in a target', one({ targets: {} }), 'targets.api.targets', /side by side/],
    ['a wrong type', one({ full: 'yes' }), 'targets.api.full', /true or false, given 'yes'/],
    ['a wrong path', { command, json: 1 }, 'json', /the path of a file, given 1/],
    ['a wrong variable', one({ env: { A: 1 } }), 'targets.api.env', /a text for A/],
    [
      'a name with a dot',
      { targets: { 'a.b': { command, full: 1 } } },
      'targets["a.b"].full',
      /true or false/,
    ],
  ];
  test.each(wrong)('%s', (_what, value, key, message) => {
    expect(() => checkConfig(value, file)).toThrow(
      expect.objectContaining({ file: 'c.json', key, message: expect.stringMatching(message) }),
    );
  });

  test('an option at the top that one of the targets cannot have', () => {
    const targets = { api: { command }, worker: { kind: 'program', command } };
    expect(() => checkConfig({ path: '/', targets }, file)).toThrow(
      expect.objectContaining({
        key: 'path',
        given: 'one that has no meaning for the program worker',
        fix: 'move it to the targets that it is for: api',
      }),
    );
    expect(() => checkConfig({ path: '/', targets: { api: { command } } }, file)).not.toThrow();
  });
});
