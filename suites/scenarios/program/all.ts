import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import type { Scenario } from '../../scenario.js';

/** All scenarios for programs, by what they are about. */
export const programScenarioGroups: Readonly<Record<string, readonly Scenario<ProgramStage>[]>> = {};

export const programScenarios: readonly Scenario<ProgramStage>[] =
  Object.values(programScenarioGroups).flat();
