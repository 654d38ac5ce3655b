import type { Command, OptionValues } from 'commander';
import { findConfig } from '../config/find.js';
import { UsageError } from '../errors.js';
import { suggest } from '../options/suggestion.js';
import { parseArguments } from './arguments.js';
import { commandNames } from './command-names.js';
import { configurationGroup } from './command-options.js';
import { runDescription, runUsage } from './help-text.js';
import type { Ending, Io } from './io.js';
import { withFix } from './misuse.js';
import { play } from './play.js';
import { conformOptions, presentation } from './run-arguments.js';
import { runCommand } from './run-command.js';

/** `signal-conformance [run] [options] [<command> [args…]]` */
export async function run(args: readonly string[], io: Io): Promise<Ending> {
  const command = commandLine();
  const given = parseArguments(command, args, io);
  if (given === undefined) return { status: 0 };
  const [program] = given.words;
  if (program === undefined) return runFile(given.options, args, io);
  refuseConfiguration(given.options);
  try {
    return await play(
      given.words,
      conformOptions(given.options, { kind: 'server', command: given.words }),
      presentation(command),
      io,
    );
  } catch (error) {
    throw error instanceof UsageError && error.option === 'command' ? orOwnCommand(error, program) : error;
  }
}

function commandLine(): Command {
  return runCommand('signal-conformance', runUsage, runDescription, 'server', [configurationGroup()]);
}

async function runFile({ config }: OptionValues, args: readonly string[], io: Io): Promise<Ending> {
  const file = findConfig(process.cwd(), config);
  if (file === undefined) throw noCommand();
  const { runConfiguration } = await import('./run-config.js');
  const parse = (): Command => {
    const command = commandLine();
    parseArguments(command, args, io);
    return command;
  };
  return runConfiguration(file, parse, io);
}

function refuseConfiguration({ config, target }: OptionValues): void {
  if (config === undefined && target === undefined) return;
  const option = config === undefined ? 'target' : 'config';
  throw new UsageError({
    option,
    expected: 'either a command, or a configuration file',
    given: `--${option} and a command`,
    fix: 'leave one of the two out: the file names the commands of its targets',
  });
}

function noCommand(): UsageError {
  return new UsageError({
    option: 'command',
    expected: 'the command that starts the target, after the options; or a configuration file here',
    given: 'nothing',
    fix: 'for example: signal-conformance --deadline 5s node server.js (or see signal-conformance --help); signal-conformance init node server.js writes a configuration',
  });
}

/** `signal-conformance --deadline 5s run ./server` and `signal-conformance lst` name programs that nobody has. */
function orOwnCommand(error: UsageError, program: string): UsageError {
  const own = suggest(program, commandNames);
  if (own === undefined) return error;
  return withFix(
    error,
    own === program
      ? `${error.fix}; the command ${own} of signal-conformance stands first, before its options`
      : `${error.fix}; or was signal-conformance ${own} meant?`,
  );
}
