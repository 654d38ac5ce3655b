import type * as v from 'valibot';
import type { TargetKind } from '../contract/contract.js';
import { shown, UsageError } from '../errors.js';
import { checkCommand } from '../options/command.js';
import { isOptionOf } from '../options/kind-options.js';
import { didYouMean } from '../options/suggestion.js';
import { ConfigError, keyPath } from './config-error.js';
import { configShape, kinds, outputEntries } from './shape.js';

/** Where in which file something stands. */
export interface Place {
  readonly file: string;
  readonly at: readonly string[];
}

/** Does something with what stands at a place: what is wrong with an option there is wrong with that key. */
export function placed<Result>({ file, at }: Place, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof UsageError) || error instanceof ConfigError) throw error;
    throw new ConfigError(file, keyPath(...at, error.option), error);
  }
}

/** What is wrong with a key, in the words that the command line has for the same option. */
export function misuseOf(
  issue: v.BaseIssue<unknown>,
  known: readonly string[],
  kind: TargetKind | undefined,
): UsageError {
  const [item, deeper] = issue.path ?? [];
  const key = String(item?.key ?? '');
  if (!known.includes(key)) return unknownKey(key, known, kind);
  if (key === 'command' || key === 'client') checkCommand(issue.path?.[0]?.value, key);
  return new UsageError({
    option: key,
    expected: deeper === undefined ? issue.message : `a text for ${String(deeper.key)}`,
    given: shown(issue.input),
    fix: 'write a value of that type, or leave the key out',
  });
}

function unknownKey(key: string, known: readonly string[], kind: TargetKind | undefined): UsageError {
  const misuse = (expected: string, given: string, fix: string) =>
    new UsageError({ option: key, expected, given, fix });
  if (kind === undefined || !Object.hasOwn(configShape.entries, key))
    return misuse('a known key', shown(key), didYouMean(key, known, 'take it out: there is no such key'));
  if (Object.hasOwn(outputEntries, key) || key === '$schema')
    return misuse(
      'a key of a target',
      'one of the whole file',
      'move it to the top: it concerns all targets',
    );
  if (key === 'targets')
    return misuse('a key of a target', 'targets in a target', 'write all targets side by side');
  if (key === 'client')
    return misuse(
      `a key of a ${kind}`,
      'the client of a pair',
      "leave it out, or add kind: 'pair' to test both together",
    );
  const its = kinds.filter((other) => isOptionOf(other, key));
  return misuse(
    `an option of a ${kind}`,
    `one of a ${its.join(' or ')}`,
    `leave it out, or say that it is one: kind: '${its[0]}'`,
  );
}
