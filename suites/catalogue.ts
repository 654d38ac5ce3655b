import type { Requirement } from './requirement.js';
import { allRequirements } from './requirements/all.js';
import { clientScenarioGroups } from './scenarios/client/all.js';
import { pairScenarioGroups } from './scenarios/pair/all.js';
import { programScenarioGroups } from './scenarios/program/all.js';
import { serverScenarioGroups } from './scenarios/server/all.js';

/** Every requirement that this version judges, in the order in which reports show them. Ids are stable. */
export const requirements: readonly Requirement[] = allRequirements;

/** Every scenario that this version plays, as `list` shows it. Ids are stable. */
export const scenarios: readonly {
  readonly id: string;
  readonly family?: string | undefined;
  readonly title: string;
  readonly group: string;
}[] = Object.entries({
  ...serverScenarioGroups,
  ...clientScenarioGroups,
  ...programScenarioGroups,
  ...pairScenarioGroups,
}).flatMap(([group, members]) =>
  members.map(({ id, family, title }) => ({ id, ...(family === undefined ? {} : { family }), title, group })),
);
