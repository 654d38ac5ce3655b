import type { ClientStage } from '../../../harness/stage/client-stage.js';
import type { Scenario } from '../../scenario.js';

/** All scenarios for clients, by what they are about. */
export const clientScenarioGroups: Readonly<Record<string, readonly Scenario<ClientStage>[]>> = {};

export const clientScenarios: readonly Scenario<ClientStage>[] = Object.values(clientScenarioGroups).flat();
