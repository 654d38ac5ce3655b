import { dirname } from 'node:path';
import * as v from 'valibot';
import type { TargetKind } from '../contract/contract.js';
import { shown } from '../errors.js';
import { isOptionOf } from '../options/kind-options.js';
import { oneOf } from '../options/one-of.js';
import { ConfigError, keyPath } from './config-error.js';
import type { ConfigFile } from './find.js';
import { misuseOf, placed } from './issue.js';
import { kinds, outputEntries, targetShape, topShape } from './shape.js';

export type Values = Readonly<Record<string, unknown>>;

/** A target as the file describes it. Its keys are known and of its kind; what the values say is not checked yet. */
export interface ConfiguredTarget {
  /** Undefined for a single one at the top of the file. */
  readonly name: string | undefined;
  /** The keys that lead to it: `['targets', 'api']`. */
  readonly at: readonly string[];
  readonly kind: TargetKind;
  readonly command: readonly string[];
  readonly client: readonly string[] | undefined;
  /** Everything else that stands in it. */
  readonly own: Values;
}

export interface Configuration {
  readonly file: string;
  /** Absolute: relative paths begin here. */
  readonly folder: string;
  /** What stands at the top and concerns every target. */
  readonly shared: Values;
  readonly targets: readonly ConfiguredTarget[];
}

/** Names become parts of file names. */
const nameShape = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/**
 * What a file exports, as a configuration.
 *
 * @throws ConfigError for the first key that is unknown, of another kind of target, or of a wrong type
 */
export function checkConfig(value: unknown, { path, shown: file }: ConfigFile): Configuration {
  const top = recordOf(value, file, undefined);
  const { targets, ...rest } = top;
  parse(topShape, rest, file, []);
  const folder = dirname(path);
  if (targets === undefined) {
    const { $schema, kind, command, client, ...own } = rest;
    if (command === undefined) throw noTarget(file);
    const target = targetOf({ kind, command, client, ...withoutOutput(own) }, file, []);
    return { file, folder, shared: outputOf(own), targets: [target] };
  }
  for (const key of ['command', 'client', 'kind'])
    if (rest[key] !== undefined)
      throw new ConfigError(file, key, {
        expected: 'either one target at the top, or several in targets',
        given: 'both',
        fix: `move ${key} to the target that it belongs to, in targets`,
      });
  const { $schema, ...shared } = rest;
  const all = entriesOf(targets, file).map(([name, one]) =>
    targetOf(recordOf(one, file, keyPath('targets', name)), file, ['targets', name]),
  );
  checkShared(shared, all, file);
  return { file, folder, shared, targets: all };
}

function entriesOf(targets: unknown, file: string): [string, unknown][] {
  const entries = Object.entries(recordOf(targets, file, 'targets'));
  if (entries.length === 0)
    throw new ConfigError(file, 'targets', {
      expected: 'at least one target',
      given: 'none',
      fix: "write one: { api: { command: ['node', 'server.js'] } }",
    });
  for (const [name] of entries)
    if (!nameShape.test(name))
      throw new ConfigError(file, keyPath('targets', name), {
        expected: 'a name of letters, digits, ".", "_" and "-" that begins with a letter or digit',
        given: shown(name),
        fix: 'rename it: names stand in ids and in the names of report files',
      });
  return entries;
}

function targetOf(given: Values, file: string, at: readonly string[]): ConfiguredTarget {
  const kind = placed({ file, at }, () =>
    given.kind === undefined ? 'server' : oneOf('kind', String(given.kind), kinds),
  );
  // As command lines do: what is undefined was not given.
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  parse(targetShape(kind), present, file, at, kind);
  const { kind: _, command, client, ...own } = present;
  return {
    name: at[1],
    at,
    kind,
    command: command as readonly string[],
    client: client as readonly string[] | undefined,
    own,
  };
}

function parse(
  shape: ReturnType<typeof targetShape> | typeof topShape,
  value: Values,
  file: string,
  at: readonly string[],
  kind?: TargetKind,
): void {
  const { issues } = v.safeParse(shape, value);
  if (issues === undefined) return;
  placed({ file, at }, () => {
    const known = Object.keys(shape.entries);
    // Taken out of the top before it is looked at, and all the same a key that is meant there.
    throw misuseOf(issues[0], kind === undefined ? [...known, 'targets'] : known, kind);
  });
}

/** An option at the top that one of the targets cannot have would be silently lost for it. */
function checkShared(shared: Values, targets: readonly ConfiguredTarget[], file: string): void {
  for (const [option, value] of Object.entries(shared)) {
    if (value === undefined) continue;
    const without = targets.find(({ kind }) => !isOptionOf(kind, option));
    if (without === undefined) continue;
    const others = targets.filter(({ kind }) => isOptionOf(kind, option));
    throw new ConfigError(file, option, {
      expected: 'an option that all targets of the file have',
      given: `one that has no meaning for the ${without.kind} ${without.name}`,
      fix: `move it to the targets that it is for${others.length > 0 ? `: ${others.map(({ name }) => name).join(', ')}` : ''}`,
    });
  }
}

function recordOf(value: unknown, file: string, key: string | undefined): Values {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isRecord) return value as Values;
  throw new ConfigError(file, key, {
    expected: 'an object',
    given: shown(value),
    fix:
      key === 'targets'
        ? 'write the targets by name: { api: { command: […] } }'
        : "write { command: ['node', 'server.js'] }",
  });
}

function noTarget(file: string): ConfigError {
  return new ConfigError(file, undefined, {
    expected: 'a target: its command at the top, or several in targets',
    given: 'none',
    fix: "add command: ['node', 'server.js']",
  });
}

const isOutput = (key: string): boolean => Object.hasOwn(outputEntries, key);
const outputOf = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => isOutput(key)));
const withoutOutput = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !isOutput(key)));
