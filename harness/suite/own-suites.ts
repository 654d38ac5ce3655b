import type { OwnRequirement, OwnScenario, OwnSuite } from '../../suites/own.js';
import type { Requirement } from '../../suites/requirement.js';
import type { Scenario } from '../../suites/scenario.js';
import type { TargetKind } from '../contract/contract.js';
import { checkIds } from './check-ids.js';
import { checkSuite } from './check-suite.js';
import { findModule } from './find-module.js';
import { guardRequirement } from './guard-requirement.js';
import { guardScenario } from './guard-scenario.js';
import { loadModule } from './load-module.js';
import { ownWords } from './own-words.js';

/** A suite that is loaded and checked. */
export interface LoadedSuite {
  /** As the user named it; a number where a program handed it over. */
  readonly name: string;
  readonly requirements: readonly OwnRequirement[];
  readonly scenarios: readonly OwnScenario<object>[];
}

/** What suites add to the built-in requirements and scenarios, ready to be planned, played and judged. */
export interface OwnParts {
  readonly requirements: readonly Requirement[];
  readonly scenarios: readonly Scenario<unknown>[];
  /** What a reader of the report should know of it. */
  readonly remarks: readonly string[];
}

/**
 * Loads suites, in the order in which they were given; one that was given twice is loaded once.
 *
 * @throws UsageError where one is not found, does not load, or is not right
 */
export async function loadSuites(given: readonly (string | OwnSuite)[]): Promise<readonly LoadedSuite[]> {
  const loaded = new Map<string | object, LoadedSuite>();
  for (const [index, one] of given.entries()) {
    const key = typeof one === 'string' ? findModule('suite', one) : one;
    if (loaded.has(key)) continue;
    const name = typeof one === 'string' ? one : `suite ${index + 1}`;
    const module = typeof one === 'string' ? await loadModule('suite', one, key as string) : one;
    loaded.set(key, { name, ...checkSuite('suite', name, module) });
  }
  const suites = [...loaded.values()];
  await checkIds('suite', suites);
  return suites;
}

/** What these suites add for targets of one kind. */
export function partsFor(kind: TargetKind, suites: readonly LoadedSuite[]): OwnParts {
  const isOf = ({ of = ['server'] }: { readonly of?: readonly TargetKind[] }) => of.includes(kind);
  // As for ours: what is demanded of servers is demanded of the server of a pair.
  const isDemanded = ({ of = ['server'] }: OwnRequirement) =>
    of.includes(kind) || (kind === 'pair' && of.includes('server'));
  return {
    requirements: suites.flatMap(({ name, requirements }) =>
      requirements.filter(isDemanded).map((one) => guardRequirement(one, name)),
    ),
    scenarios: suites.flatMap(({ name, scenarios }) =>
      scenarios.filter(isOf).map((one) => guardScenario(one, name) as Scenario<unknown>),
    ),
    remarks: suites.map(({ name, requirements, scenarios }) => {
      const counts = [
        counted(requirements.filter(isDemanded).length, 'requirement'),
        counted(scenarios.filter(isOf).length, 'scenario'),
      ];
      return `${ownWords}${counts.join(' and ')} of ${name} belong to this report.`;
    }),
  };
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
