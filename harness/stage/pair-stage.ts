import type { OpenedStage, StageContext } from './play.js';

/** All that a scenario for pairs can do. */
export interface PairStage {
  /** Notes a fact that the scenario has waited for. */
  moment(words: string): void;
}

export async function openPairStage(_context: StageContext): Promise<OpenedStage<PairStage>> {
  throw new Error('not built yet');
}
