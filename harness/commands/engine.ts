import type { OnProgress } from '../../reports/progress.js';
import type { Report, ReportSurvey } from '../../reports/report.js';
import type { Requirement } from '../../suites/requirement.js';
import type { ConformOptions } from '../options/options.js';

/** What would be played, and how long that takes at least. */
export interface Plan {
  readonly survey: ReportSurvey;
  readonly protocol: string;
  readonly runs: readonly { readonly id: string; readonly title: string; readonly expectedMs: number }[];
  readonly notPlayed: readonly { readonly id: string; readonly reason: string }[];
  readonly lowerBoundMs: number;
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

/** All that the commands call. They stay a thin shell on top of it, and tests put another one in its place. */
export interface Engine {
  conform(
    command: readonly string[],
    options: ConformOptions,
    hooks: { onProgress: OnProgress; signal: AbortSignal },
  ): Promise<Report>;
  dryRun(command: readonly string[], options: ConformOptions, signal: AbortSignal): Promise<Plan>;
  catalogue(): Promise<Catalogue>;
}

/** The real one; each part is loaded when it is called, since most commands need only one. */
export const engine: Engine = {
  conform: async (command, options, hooks) =>
    (await import('../conform.js')).conform(command, options, hooks),
  dryRun: async (command, options, signal) => (await import('../plan.js')).dryRun(command, options, signal),
  catalogue: () => import('../../suites/catalogue.js'),
};
