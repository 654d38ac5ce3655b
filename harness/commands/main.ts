import { columnsOf } from '../../reports/text/wrap.js';
import { ReportPathError } from '../../reports/write.js';
import { UntestableError, UsageError } from '../errors.js';
import { type CommandName, commandNames } from './command-names.js';
import type { Ending, Io } from './io.js';
import { renderMisuse } from './misuse.js';
import { OutputError } from './report-files.js';

type Command = (args: readonly string[], io: Io) => Promise<Ending>;

// Each command is loaded when it is called: `explain` needs nothing of what starts processes.
const load: Record<CommandName, () => Promise<Command>> = {
  run: async () => (await import('./run.js')).run,
  client: async () => (await import('./run-kind.js')).runClient,
  program: async () => (await import('./run-kind.js')).runProgram,
  pair: async () => (await import('./run-kind.js')).runPair,
  init: async () => (await import('./init.js')).init,
  demo: async () => (await import('./demo.js')).demo,
  list: async () => (await import('./list.js')).list,
  explain: async () => (await import('./explain.js')).explain,
  doctor: async () => (await import('./doctor.js')).doctor,
  judge: async () => (await import('./judge.js')).judge,
  merge: async () => (await import('./merge.js')).merge,
  diff: async () => (await import('./diff.js')).diff,
};

/** Runs one command line, prints what it has to say, and tells how the process is to end. Faults are thrown. */
export async function main(args: readonly string[], io: Io): Promise<Ending> {
  try {
    const [name, rest] = dispatch(args);
    const command = await load[name]();
    return await command(rest, io);
  } catch (error) {
    return expected(error, io);
  }
}

/** Only the first word can be a command: everything else belongs to `run`, whose options come before its target. */
function dispatch(args: readonly string[]): [CommandName, readonly string[]] {
  const [first = '', ...rest] = args;
  if (first === 'help') return dispatch(rest.length > 0 ? [...rest.slice(0, 1), '--help'] : ['--help']);
  const name = commandNames.find((known) => known === first);
  if (name !== undefined) return [name, rest];
  return ['run', args];
}

/** Ends that are no fault of this program. */
export function expected(error: unknown, { stderr, interruption }: Io): Ending {
  if (error instanceof UsageError) {
    stderr.write(renderMisuse(error, columnsOf(stderr)));
    return { status: 2 };
  }
  if (error instanceof ReportPathError) {
    stderr.write(`signal-conformance: ${error.message}\n`);
    return { status: 2 };
  }
  if (error instanceof OutputError) {
    stderr.write(`signal-conformance: ${error.message}\n`);
    return { status: 4 };
  }
  if (error instanceof UntestableError) {
    const output = error.output.map((line) => `  ${line}\n`).join('');
    stderr.write(`signal-conformance: could not be tested: ${error.reason}\n${output}`);
    return interruption.by === undefined ? { status: 3 } : { signal: interruption.by };
  }
  throw error;
}
