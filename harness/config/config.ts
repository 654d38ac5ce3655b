import type { FormatName } from '../../reports/formats.js';
import type { AnyOptions, ClientOptions, PairOptions, ProgramOptions } from '../options/kind-options.js';
import type { ConformOptions } from '../options/options.js';

/** Where reports are written, by format: paths from the folder of the configuration; `{target}` is the target's name. */
export type ReportOptions = { readonly [Format in FormatName]?: string | undefined };

/** What lets a target through. */
export interface GateOptions extends ReportOptions {
  /** `true`: a failed SHOULD fails the gate too. Default: `false`. */
  readonly strict?: boolean | undefined;
  /**
   * A file of known failures, which `--update-baseline` writes: a path from the folder of the configuration; `{target}` in it
   * is the target's name. What it lists does not fail the gate. Default: none.
   */
  readonly baseline?: string | undefined;
  /** The year of the requirements that the gate asks for: what was added later is shown only. Default: all of them. */
  readonly edition?: number | undefined;
}

/** What the terminal shows, of all targets. */
export interface OutputOptions {
  /** `true`: failures and the outcome only. An error together with `verbose`. Default: `false`. */
  readonly quiet?: boolean | undefined;
  /** `true`: everything that is known. An error together with `quiet`. Default: `false`. */
  readonly verbose?: boolean | undefined;
  /** `false`: no colours. Default: as the terminal and the environment say (`NO_COLOR`, `FORCE_COLOR`). */
  readonly color?: boolean | undefined;
}

/** A server, and what it promises. */
export interface ServerTarget extends ConformOptions, GateOptions {
  /** What is tested: a server. Default: `'server'`. */
  readonly kind?: 'server' | undefined;
  /** Its program and arguments, one word each: `['node', 'server.js']`. A relative path starts in `cwd`. */
  readonly command: readonly string[];
}

/** A client, and what it promises: the harness plays its server. */
export interface ClientTarget extends ClientOptions, GateOptions {
  /** What is tested: a client. */
  readonly kind: 'client';
  /** Its program and arguments, one word each. A relative path starts in `cwd`. */
  readonly command: readonly string[];
}

/** A program that serves nobody, and what it promises. */
export interface ProgramTarget extends ProgramOptions, GateOptions {
  /** What is tested: a program that serves nobody. */
  readonly kind: 'program';
  /** Its program and arguments, one word each. A relative path starts in `cwd`. */
  readonly command: readonly string[];
}

/** A server and its own client together, and what they promise. */
export interface PairTarget extends PairOptions, GateOptions {
  /** What is tested: a server and its own client together. */
  readonly kind: 'pair';
  /** The server's program and arguments, one word each. A relative path starts in `cwd`. */
  readonly command: readonly string[];
  /** The client's program and arguments, one word each. A relative path starts in `cwd`. */
  readonly client: readonly string[];
}

/** One target, its contract, and where its reports go. */
export type TargetConfig = ServerTarget | ClientTarget | ProgramTarget | PairTarget;

/** What stands in a file of several targets. Options at its top are those of all its targets; a target's own win. */
export interface SeveralTargets extends AnyOptions, GateOptions, OutputOptions {
  /** By name: letters, digits, `.`, `_` and `-`. They are tested one after the other. */
  readonly targets: Readonly<Record<string, TargetConfig>>;
}

/** What stands in a configuration file: one target at its top, or several by name. */
export type Config = SeveralTargets | (TargetConfig & OutputOptions);

/**
 * Gives the content of a configuration file its type, and returns it as it is: nothing is checked or started here.
 * The file is `signal-conformance.config.ts` (or `.mjs`, `.js`, …); its default export is this, a promise of it, or a
 * function (without arguments) that returns either.
 *
 * @example
 * export default defineConfig({
 *   deadline: '5s',
 *   targets: {
 *     api: { command: ['node', 'dist/server.js'], slowPath: '/report' },
 *     worker: { kind: 'program', command: ['node', 'dist/worker.js'] },
 *   },
 * });
 */
export function defineConfig(config: Config): Config {
  return config;
}
