import type { OnProgress } from '../../reports/progress.js';
import type { Report, ReportSurvey } from '../../reports/report.js';
import type { Requirement } from '../../suites/requirement.js';
import type { TargetKind } from '../contract/contract.js';
import type { AnyOptions } from '../options/kind-options.js';

/** What would be played, and how long that takes at least. */
export interface Plan {
  readonly survey: ReportSurvey;
  readonly protocol: string;
  readonly runs: readonly { readonly id: string; readonly title: string; readonly expectedMs: number }[];
  readonly notPlayed: readonly { readonly id: string; readonly reason: string }[];
  readonly lowerBoundMs: number;
  readonly shard?: { readonly index: number; readonly of: number; readonly planned: number };
}

/** A scenario as `list` shows it. */
interface ScenarioText {
  readonly id: string;
  /** The first part of several ids: `early` for `early-bound`. */
  readonly family?: string | undefined;
  readonly title: string;
  readonly group: string;
}

export interface Catalogue {
  readonly requirements: readonly Requirement[];
  readonly scenarios: readonly ScenarioText[];
}

/** What kind of target a command line names; of a pair, `client` is the command of its client. */
export interface As {
  readonly kind: TargetKind;
  readonly client?: readonly string[];
  /** Its name in the configuration file. */
  readonly name?: string;
}

/** All that the commands call. They stay a thin shell on top of it, and tests put another one in its place. */
export interface Engine {
  conform(
    command: readonly string[],
    options: AnyOptions,
    hooks: { onProgress: OnProgress; signal: AbortSignal },
    as: As,
  ): Promise<Report>;
  dryRun(command: readonly string[], options: AnyOptions, signal: AbortSignal, as: As): Promise<Plan>;
  /** @throws UsageError where an option, the command, or a suite is not right: what can be known without a start */
  validate(command: readonly string[], options: AnyOptions, as: As): Promise<void>;
  /** @throws UsageError where a suite is not right */
  catalogue(suite?: AnyOptions['suite']): Promise<Catalogue>;
}

/** The real one; each part is loaded when it is called, since most commands need only one. */
export const engine: Engine = {
  conform: async (command, options, hooks, { kind, client, name }) => {
    const { validateOptions } = await import('../options/validate.js');
    const settings = { ...validateOptions(command, options, kind, client), name };
    const { conformTarget } = await import('../conform/conform-target.js');
    return conformTarget(settings, hooks);
  },
  dryRun: async (command, options, signal, { kind, client }) => {
    const { validateOptions } = await import('../options/validate.js');
    const settings = validateOptions(command, options, kind, client);
    return (await import('../plan.js')).dryRun(settings, signal);
  },
  validate: async (command, options, { kind, client }) => {
    const { validateOptions } = await import('../options/validate.js');
    validateOptions(command, options, kind, client);
    if (options.suite !== undefined) await engine.catalogue(options.suite);
  },
  catalogue: async (suite) => {
    const { requirements, scenarios } = await import('../../suites/catalogue.js');
    const builtIn = { requirements, scenarios };
    if (suite === undefined) return builtIn;
    return (await import('../suite/own-catalogue.js')).withOwnTexts(builtIn, suite);
  },
};
