import { fileURLToPath } from 'node:url';
import { UsageError } from '../errors.js';
import { parseDuration } from '../options/duration.js';
import { parseArguments } from './arguments.js';
import { demoDescription, demoUsage } from './help-text.js';
import type { Ending, Io } from './io.js';
import { play } from './play.js';
import { conformOptions, presentation } from './run-arguments.js';
import { runCommand } from './run-command.js';

const server = fileURLToPath(new URL('../../fixtures/servers/echo.cjs', import.meta.url));

/** `signal-conformance demo [options]`: the reference server of the package. */
export async function demo(args: readonly string[], io: Io): Promise<Ending> {
  const command = runCommand('signal-conformance', demoUsage, demoDescription);
  const given = parseArguments(command, args, io);
  if (given === undefined) return { status: 0 };
  if (given.words.length > 0) throw noCommandExpected(given.words);
  const options = conformOptions(given.options);
  const deadline = options.deadline ?? '2s';
  const deadlineMs = parseDuration('deadline', deadline);
  const env = { ...options.env, DEADLINE_MS: String(deadlineMs) };
  const shown = presentation(command);
  const own = [`--env`, `DEADLINE_MS=${deadlineMs}`];
  if (options.deadline === undefined) own.push('--deadline', String(deadline));
  return play(
    [process.execPath, server],
    { ...options, deadline, env },
    // The same run, played again, is no demo any more: it needs what the demo sets.
    { ...shown, replayOptions: [...shown.replayOptions, ...own] },
    io,
  );
}

function noCommandExpected(words: readonly string[]): UsageError {
  return new UsageError({
    option: 'command',
    expected: 'no command: demo brings its own server',
    given: words.join(' '),
    fix: `write signal-conformance ${words.join(' ')} to test your own`,
  });
}
