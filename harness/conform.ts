import type { Report } from '../reports/report.js';
import { type ConformHooks, conformTarget } from './conform/conform-target.js';
import type { ClientOptions, PairOptions, ProgramOptions } from './options/kind-options.js';
import type { ConformOptions } from './options/options.js';
import { validateOptions } from './options/validate.js';

/**
 * Tests how a server handles signals: the same as the command `signal-conformance`, with the JSON report as its value.
 *
 * Starts the target many times, connects clients, sends signals at observed moments, and judges what happened. It
 * takes about as long as its longest run (a little more than the deadline), or as starting all instances takes.
 * Nothing that it starts outlives the call. A target that could not be tested (it did not start, or never answered)
 * is no error: the report's `outcome` is `untested`, and its `reason` says why.
 *
 * @param command - the target's program and arguments; never a shell's string. `{port}` is replaced by its port.
 * @param options - the contract and how to play; every option has a default. Durations are strings with a unit
 * (`'5s'`), or numbers of milliseconds.
 * @param hooks - progress, and an `AbortSignal` to stop with
 * @throws UsageError before anything is started, when an option or the command is wrong, or a pattern matches nothing
 * @example
 * const report = await conform(['node', 'server.js'], { deadline: '5s' });
 * if (report.outcome !== 'conformant') process.exitCode = 1;
 */
export async function conform(
  command: readonly string[],
  options: ConformOptions = {},
  hooks: ConformHooks = {},
): Promise<Report> {
  return conformTarget(validateOptions(command, options), hooks);
}

/**
 * Tests how a client handles signals and the end of its server: the same as `signal-conformance client`. The harness
 * plays the server; everything else is as in `conform`.
 *
 * @param command - the client's program and arguments; `{port}` and `{host}` are replaced by the played server's
 * @param options - the contract and how to play; durations as in `conform`
 * @param hooks - progress, and an `AbortSignal` to stop with
 * @throws UsageError before anything is started, as `conform` does
 */
export async function conformClient(
  command: readonly string[],
  options: ClientOptions = {},
  hooks: ConformHooks = {},
): Promise<Report> {
  return conformTarget(validateOptions(command, options, 'client'), hooks);
}

/**
 * Tests how a program that serves nobody handles signals: the same as `signal-conformance program`. Everything else is
 * as in `conform`.
 *
 * @param command - the program and its arguments; never a shell's string
 * @param options - the contract and how to play; durations as in `conform`
 * @param hooks - progress, and an `AbortSignal` to stop with
 * @throws UsageError before anything is started, as `conform` does
 */
export async function conformProgram(
  command: readonly string[],
  options: ProgramOptions = {},
  hooks: ConformHooks = {},
): Promise<Report> {
  return conformTarget(validateOptions(command, options, 'program'), hooks);
}

/**
 * Tests a server and its own client together: the same as `signal-conformance pair`. Both are started as processes, and
 * meet through a relay; everything else is as in `conform`.
 *
 * @param server - the server's program and arguments; `{port}` is replaced by its port
 * @param client - the client's program and arguments; `{port}` and `{host}` are replaced by those of the relay
 * @param options - the contract and how to play; durations as in `conform`
 * @param hooks - progress, and an `AbortSignal` to stop with
 * @throws UsageError before anything is started, as `conform` does
 */
export async function conformPair(
  server: readonly string[],
  client: readonly string[],
  options: PairOptions = {},
  hooks: ConformHooks = {},
): Promise<Report> {
  return conformTarget(validateOptions(server, options, 'pair', client), hooks);
}
