import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import type { AnyOptions } from '../options/kind-options.js';
import { shape } from '../options/shape.js';
import type { Configuration, ConfiguredTarget, Values } from './check.js';
import { ConfigError, keyPath } from './config-error.js';

/** Where the values of a target come from; what comes first wins. */
export interface Sources {
  /** Options of the command line, as the API spells them. */
  readonly line: Values;
  readonly target: ConfiguredTarget;
  readonly configuration: Configuration;
}

/** The options with which a target is tested. Of `env` each variable is looked up on its own. */
export function optionsOf({ line, target, configuration: { folder, shared } }: Sources): AnyOptions {
  const layers = [atFolder(shared, folder), atFolder(target.own, folder), line];
  const given: Values = Object.assign({}, ...layers.map(ofApi));
  const envs = layers.map(({ env }) => env).filter((env) => env !== undefined);
  const cwd = target.own.cwd ?? shared.cwd;
  return {
    ...given,
    ...(envs.length > 0 ? { env: Object.assign({}, ...envs) } : {}),
    // An empty one is a mistake, and no word for the folder of the file.
    cwd: line.cwd ?? (cwd === '' ? cwd : resolve(folder, String(cwd ?? '.'))),
  } as AnyOptions;
}

/** Modules are named from the folder of the file, as an import in it would be. */
function atFolder(values: Values, folder: string): Values {
  const place = (module: unknown) =>
    typeof module === 'string' && /^\.\.?\//.test(module) ? resolve(folder, module) : module;
  const { suite } = values;
  if (suite === undefined) return values;
  return { ...values, suite: Array.isArray(suite) ? suite.map(place) : place(suite) };
}

/** Where a value stands: undefined for the command line. */
export function whereIs(
  key: string,
  { line, target, configuration: { shared } }: Sources,
): string | undefined {
  if (line[key] !== undefined) return undefined;
  if (target.own[key] === undefined && shared[key] !== undefined) return key;
  return keyPath(...target.at, key);
}

/** The same error at the place where its option stands, in the file or on the command line. */
export function located(error: unknown, sources: Sources): unknown {
  if (!(error instanceof UsageError) || error instanceof ConfigError) return error;
  const key = whereIs(error.option, sources);
  return key === undefined ? error : new ConfigError(sources.configuration.file, key, error);
}

function ofApi(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([key, value]) => Object.hasOwn(shape.entries, key) && value !== undefined),
  );
}
