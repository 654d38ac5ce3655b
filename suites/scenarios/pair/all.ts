import type { PairStage } from '../../../harness/stage/pair-stage.js';
import type { Scenario } from '../../scenario.js';

/** All scenarios for pairs, by what they are about. */
export const pairScenarioGroups: Readonly<Record<string, readonly Scenario<PairStage>[]>> = {};

export const pairScenarios: readonly Scenario<PairStage>[] = Object.values(pairScenarioGroups).flat();
