import { UsageError } from '../errors.js';
import { parseArguments } from './arguments.js';
import { kindDescription, kindUsage } from './help-text.js';
import type { Ending, Io } from './io.js';
import { play } from './play.js';
import { conformOptions, presentation } from './run-arguments.js';
import { runCommand } from './run-command.js';

/** `signal-conformance client [options] <command> [args…]` */
export const runClient = (args: readonly string[], io: Io): Promise<Ending> => runOne('client', args, io);

/** `signal-conformance program [options] <command> [args…]` */
export const runProgram = (args: readonly string[], io: Io): Promise<Ending> => runOne('program', args, io);

async function runOne(kind: 'client' | 'program', args: readonly string[], io: Io): Promise<Ending> {
  const command = runCommand(`signal-conformance ${kind}`, kindUsage[kind], kindDescription[kind], kind);
  const given = parseArguments(command, args, io);
  if (given === undefined) return { status: 0 };
  if (given.words.length === 0)
    throw nothingToTest(kind, `signal-conformance ${kind} --deadline 5s ./my-${kind}`);
  const options = conformOptions(given.options, { kind, command: given.words });
  return play(given.words, options, presentation(command), io, { kind });
}

/** `signal-conformance pair [options] <server…> -- <client…>` */
export async function runPair(args: readonly string[], io: Io): Promise<Ending> {
  const command = runCommand('signal-conformance pair', kindUsage.pair, kindDescription.pair, 'pair');
  const given = parseArguments(command, args, io);
  if (given === undefined) return { status: 0 };
  const between = given.words.indexOf('--');
  const server = given.words.slice(0, between === -1 ? undefined : between);
  const client = between === -1 ? [] : given.words.slice(between + 1);
  if (server.length === 0 || client.length === 0)
    throw nothingToTest(
      client.length === 0 ? 'client' : 'server',
      'signal-conformance pair node server.js -- node client.js',
    );
  const as = { kind: 'pair', client } as const;
  const options = conformOptions(given.options, { ...as, command: server });
  return play(server, options, presentation(command), io, as);
}

function nothingToTest(what: string, example: string): UsageError {
  return new UsageError({
    option: 'command',
    expected: `the command that starts the ${what}, after the options`,
    given: 'nothing',
    fix: `for example: ${example}`,
  });
}
