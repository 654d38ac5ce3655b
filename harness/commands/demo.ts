import { fileURLToPath } from 'node:url';
import { UsageError } from '../errors.js';
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
  const options = conformOptions(given.options, { kind: 'server', command: [process.execPath, server] });
  const deadline = options.deadline ?? '2s';
  const shown = presentation(command);
  const told = { deadlineEnv: 'DEADLINE_MS', deadlineUnit: 'ms' } as const;
  const own = ['--deadline-env', told.deadlineEnv, '--deadline-unit', told.deadlineUnit];
  if (options.deadline === undefined) own.push('--deadline', String(deadline));
  return play(
    [process.execPath, server],
    { ...options, deadline, ...told },
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
