import type { PairStage } from '../../../harness/stage/pair-stage.js';
import type { Scenario } from '../../scenario.js';
import { pairClientStops } from './pair-client-stops.js';
import { pairClientWaits } from './pair-client-waits.js';
import { pairKilled } from './pair-killed.js';
import { pairLate } from './pair-late.js';
import { pairRepeated } from './pair-repeated.js';
import { pairServed } from './pair-served.js';
import { pairSimultaneous } from './pair-simultaneous.js';

/** All scenarios for pairs, by what they are about. */
export const pairScenarioGroups: Readonly<Record<string, readonly Scenario<PairStage>[]>> = {
  'pairs: the server is signalled': [pairServed, pairSimultaneous, pairRepeated, pairLate, pairKilled],
  'pairs: a client is signalled': [pairClientStops, pairClientWaits],
};

export const pairScenarios: readonly Scenario<PairStage>[] = Object.values(pairScenarioGroups).flat();
