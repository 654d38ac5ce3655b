import { type Command, CommanderError, type OptionValues } from 'commander';
import { shown, UsageError } from '../errors.js';
import type { Io } from './io.js';

/** What was left of a command line; undefined where help or the version was asked for, and printed. */
export interface Arguments {
  readonly words: readonly string[];
  readonly options: OptionValues;
}

/** Parses a command's own arguments. Every mistake is a `UsageError`: one format, one exit status. */
export function parseArguments(command: Command, args: readonly string[], io: Io): Arguments | undefined {
  command.exitOverride().configureOutput({
    writeOut: (text) => void io.stdout.write(text),
    // Mistakes are printed by the caller.
    writeErr: () => {},
    outputError: () => {},
    getOutHelpWidth: () => (io.stdout.isTTY ? Math.min(110, io.stdout.columns ?? 80) : 100),
  });
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw misuse(error, command);
  }
  return { words: command.args, options: command.opts() };
}

function misuse({ code, message }: CommanderError, command: Command): UsageError {
  const [statement = '', hint] = message.replace(/^error: /, '').split('\n', 2);
  const [, quoted = ''] = /'([^']*)'/.exec(statement) ?? [];
  const help = `see ${command.name()} --help`;
  switch (code) {
    case 'commander.unknownOption':
      return new UsageError({
        option: quoted,
        expected: 'a known option; those of the target stand after its command',
        given: shown(quoted),
        fix: hint?.replace(/^\(|\)$/g, '').replace('Did', 'did') ?? help,
      });
    case 'commander.optionMissingArgument':
      return new UsageError({
        option: quoted.split(' ')[0] ?? quoted,
        expected: 'a value after it',
        given: 'nothing',
        fix: `write ${quoted}`,
      });
    case 'commander.missingArgument':
      return new UsageError({ option: `<${quoted}>`, expected: 'one', given: 'nothing', fix: help });
    default:
      return new UsageError({
        option: 'the arguments',
        expected: `those of ${command.name()}`,
        given: statement,
        fix: help,
      });
  }
}
