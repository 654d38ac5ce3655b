import { readdirSync, statSync } from 'node:fs';
import { basename, extname, relative, resolve } from 'node:path';
import { shown, UsageError } from '../errors.js';

/** The most usual first: where several are listed, in this order. */
const extensions = ['.ts', '.mts', '.cts', '.mjs', '.js', '.cjs', '.json'] as const;
export type Extension = (typeof extensions)[number];
const stem = 'signal-conformance.config';
const names: readonly string[] = extensions.map((extension) => stem + extension);

/** A configuration that is there; what is in it is not known yet. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  /** As messages show it: from the working directory, or absolute where it lies outside. */
  readonly shown: string;
  readonly extension: Extension;
}

/** The configuration files that a folder holds: usually one or none. */
export function configNames(folder: string): string[] {
  const found = readdirSync(folder);
  return names.filter((name) => found.includes(name));
}

/**
 * The configuration of the working directory, or the one that `--config` names; undefined where there is none.
 *
 * @throws UsageError where there are two, or the one that is named is none
 */
export function findConfig(cwd: string, given: string | undefined): ConfigFile | undefined {
  if (given !== undefined) return named(cwd, given);
  const [name, ...others] = configNames(cwd);
  if (name === undefined) return undefined;
  if (others.length > 0)
    throw new UsageError({
      option: 'config',
      expected: 'one configuration file',
      given: `${[name, ...others].join(' and ')} in ${cwd}`,
      fix: `remove all but one, or say which is meant: --config ${name}`,
    });
  return named(cwd, name);
}

function named(cwd: string, given: string): ConfigFile {
  const path = resolve(cwd, given);
  const found = statSync(path, { throwIfNoEntry: false });
  const extension = extensions.find((known) => known === extname(path));
  if (given === '' || found === undefined)
    throw wrong(
      given,
      'which does not exist',
      'name a file that exists, or write one by signal-conformance init',
    );
  if (found.isDirectory())
    throw wrong(given, 'which is a folder', `name the file in it: ${given.replace(/\/*$/, '/')}${stem}.json`);
  if (extension === undefined)
    throw wrong(
      given,
      'whose name does not say what is in it',
      `give it one of the endings ${extensions.join(', ')}`,
    );
  const inside = relative(cwd, path);
  return { path, shown: inside.startsWith('..') ? path : inside || basename(path), extension };
}

function wrong(given: string, what: string, fix: string): UsageError {
  return new UsageError({
    option: 'config',
    expected: 'a configuration file',
    given: `${shown(given)}, ${what}`,
    fix,
  });
}
