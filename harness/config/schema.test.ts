import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { configurationGroup, optionGroups } from '../commands/command-options.js';
import { isOptionOf } from '../options/kind-options.js';
import { configShape, gateEntries, kinds, outputEntries } from './shape.js';
import { docsOf, type PropertyDoc } from './testing/docs.js';

/** What editors check a configuration by. It is written by `npm run schema`, and compared by every test run. */
const place = fileURLToPath(new URL('./config.schema.json', import.meta.url));

type Json = Record<string, unknown>;
const object = (value: unknown): Json => value as Json;

/** Texts of the interfaces by which programs and editors of TypeScript know the same keys. */
const options = docsOf(new URL('../options/options.ts', import.meta.url));
const ofKinds = docsOf(new URL('../options/kind-options.ts', import.meta.url));
const own = docsOf(new URL('./config.ts', import.meta.url));
const interfaces = {
  server: [options.ConformOptions, own.GateOptions, own.ServerTarget],
  client: [
    options.ConformOptions,
    ofKinds.CommonOptions,
    ofKinds.ClientOptions,
    own.GateOptions,
    own.ClientTarget,
  ],
  program: [
    options.ConformOptions,
    ofKinds.CommonOptions,
    ofKinds.ProgramOptions,
    own.GateOptions,
    own.ProgramTarget,
  ],
  pair: [options.ConformOptions, ofKinds.PairOptions, own.GateOptions, own.PairTarget],
  top: [
    ofKinds.ProgramOptions,
    ofKinds.PairOptions,
    options.ConformOptions,
    own.PairTarget,
    own.GateOptions,
    own.OutputOptions,
    own.SeveralTargets,
  ],
};
const said: Readonly<Record<string, PropertyDoc>> = {
  $schema: { description: 'The path or address of this schema, for editors.' },
  kind: { description: 'What is tested. Default: `server`.', words: kinds },
  command: { description: 'The program and its arguments, one word each. A relative path starts in `cwd`.' },
};

/** Reports have no docstrings, since a format brings its own key: they are described as the command line does. */
function reportDocs(): Record<string, PropertyDoc> {
  const all = optionGroups('server').flatMap(([, group]) => group);
  return Object.fromEntries(
    all
      .filter((option) => Object.hasOwn(gateEntries, option.attributeName()) && option.required)
      .map((option) => [
        option.attributeName(),
        {
          description: `A path from the folder of this file: ${option.description}. {target} in it is the name of the target.`,
        },
      ]),
  );
}

function described(
  schema: Json,
  docs: readonly (Record<string, PropertyDoc> | undefined)[],
  top = false,
): Json {
  const all = Object.assign({}, ...docs, reportDocs(), top ? said : {}) as Record<string, PropertyDoc>;
  const properties = Object.entries(object(schema.properties)).map(([key, value]) => {
    const doc = all[key];
    const given = object(value);
    // A key whose type lists its words accepts these only; one that says what it is (a kind) stays so.
    const words =
      doc?.words !== undefined && given.type === 'string' && !('const' in given) ? { enum: doc.words } : {};
    return [key, { description: doc?.description, ...given, ...words }];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

function generated(): Json {
  const schema = toJsonSchema(configShape, {
    typeMode: 'input',
    // To be read-only is a matter of types.
    ignoreActions: ['readonly'],
    overrideSchema: ({ valibotSchema, jsonSchema }) =>
      // A file of JSON has the text of a regular expression only.
      valibotSchema.type === 'instance' ? { type: 'string', format: 'regex' } : jsonSchema,
  }) as Json;
  const top = described(schema, interfaces.top, true);
  const properties = object(top.properties);
  const targets = object(properties.targets);
  const each = object(targets.additionalProperties).anyOf as Json[];
  return {
    $schema: top.$schema,
    $id: 'https://unpkg.com/signal-conformance/harness/config/config.schema.json',
    title: 'Configuration of signal-conformance',
    description:
      'One target at the top, or several in `targets`. Its options are those of the command line, in camel case.',
    type: 'object',
    properties: {
      ...properties,
      targets: {
        ...targets,
        minProperties: 1,
        propertyNames: { pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*$' },
        additionalProperties: {
          anyOf: each.map((one, index) => described(one, interfaces[kinds[index] ?? 'server'])),
        },
      },
    },
    oneOf: [{ required: ['command'] }, { required: ['targets'] }],
    additionalProperties: false,
  };
}

test('the schema in the package is up to date (npm run schema writes it)', async () => {
  await expect(`${JSON.stringify(generated(), undefined, 2)}\n`).toMatchFileSnapshot(place);
});

const schema = JSON.parse(JSON.stringify(generated())) as Json;

describe('every key', () => {
  const properties = object(schema.properties);
  const targets = object(object(properties.targets).additionalProperties).anyOf as Json[];

  test('is in the schema, and has a description', () => {
    expect(Object.keys(properties).sort()).toEqual(Object.keys(configShape.entries).sort());
    for (const at of [properties, ...targets.map((one) => object(one.properties))])
      for (const [key, value] of Object.entries(at))
        expect(object(value).description, key).toMatch(/\w.*\.$/s);
  });

  test('is an option of the command line, but for what a command line says in another way', () => {
    const flags = kinds.flatMap((kind) => optionGroups(kind).flatMap(([, group]) => group));
    const onLine = new Set(flags.map((option) => option.attributeName()));
    const others = ['$schema', 'kind', 'command', 'client', 'targets'];
    const keys = Object.keys(configShape.entries).filter((key) => !others.includes(key));
    expect(keys.filter((key) => !onLine.has(key))).toEqual([]);
    // What is asked for once, and what stands in no file.
    const once = [
      'dryRun',
      'updateBaseline',
      'record',
      ...configurationGroup()[1].map((option) => option.attributeName()),
    ];
    expect([...onLine].filter((name) => !keys.includes(name) && !once.includes(name))).toEqual([]);
  });

  test.each(kinds)('of a %s is one that it has on the command line', (kind) => {
    const [target] = targets.filter((_, index) => kinds[index] === kind);
    const ends = new Set([...Object.keys(gateEntries), 'kind', 'command', 'client']);
    const keys = Object.keys(object(target?.properties)).filter((key) => !ends.has(key));
    const line = optionGroups(kind).flatMap(([, group]) => group.map((option) => option.attributeName()));
    const its = line.filter(
      (name) =>
        isOptionOf(kind, name) &&
        !['dryRun', 'updateBaseline', 'record'].includes(name) &&
        !Object.hasOwn({ ...gateEntries, ...outputEntries }, name),
    );
    expect(keys.sort()).toEqual([...new Set(its)].sort());
  });
});

describe('an editor that has the schema', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const isConfig: ValidateFunction = ajv.addFormat('regex', true).compile(schema);
  const command = ['node', 'server.js'];

  test.each([
    [{ $schema: './x', command, deadline: '5s', ready: 'up', json: 'x.json' }],
    [{ strict: true, quiet: true, targets: { api: { command, protocol: 'http', notice: false } } }],
    [{ targets: { both: { kind: 'pair', command, client: command, signalTo: 'client' } } }],
    [
      {
        targets: { worker: { kind: 'program', command, handles: { USR1: 'x' }, exitStatus: [0, 'signal'] } },
      },
    ],
  ])('accepts %j', (config) => {
    isConfig(config);
    expect(isConfig.errors).toBeNull();
  });

  test.each([
    [{}],
    [{ command, targets: { api: { command } } }],
    [{ command, deadlin: '5s' }],
    [{ command: 'node server.js' }],
    [{ command, protocol: 'htpp' }],
    [{ targets: {} }],
    [{ targets: { 'a/b': { command } } }],
    [{ targets: { api: { command, handles: {} } } }],
    [{ targets: { api: { kind: 'program', command, path: '/' } } }],
    [{ targets: { api: { kind: 'pair', command } } }],
    [{ targets: { api: { command, quiet: true } } }],
    [{ targets: { c: { kind: 'client', command, protocol: 'http' } } }],
  ])('refuses %j', (config) => {
    expect(isConfig(config)).toBe(false);
  });
});
