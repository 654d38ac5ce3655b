import { UsageError } from '../errors.js';
import { suggest } from '../options/suggestion.js';
import { parseArguments } from './arguments.js';
import { commandNames } from './command-names.js';
import { runDescription, runUsage } from './help-text.js';
import type { Ending, Io } from './io.js';
import { withFix } from './misuse.js';
import { play } from './play.js';
import { conformOptions, presentation } from './run-arguments.js';
import { runCommand } from './run-command.js';

/** `signal-conformance [run] [options] <command> [args…]` */
export async function run(args: readonly string[], io: Io): Promise<Ending> {
  const command = runCommand('signal-conformance', runUsage, runDescription);
  const given = parseArguments(command, args, io);
  if (given === undefined) return { status: 0 };
  const [program] = given.words;
  if (program === undefined) throw noCommand();
  try {
    return await play(given.words, conformOptions(given.options), presentation(command), io);
  } catch (error) {
    throw error instanceof UsageError && error.option === 'command' ? orOwnCommand(error, program) : error;
  }
}

function noCommand(): UsageError {
  return new UsageError({
    option: 'command',
    expected: 'the command that starts the target, after the options',
    given: 'nothing',
    fix: 'for example: signal-conformance --deadline 5s node server.js (or see signal-conformance --help)',
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
