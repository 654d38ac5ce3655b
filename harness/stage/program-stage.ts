import type { OpenedStage, StageContext } from './play.js';

/** All that a scenario for programs can do. */
export interface ProgramStage {
  /** Notes a fact that the scenario has waited for. */
  moment(words: string): void;
}

export async function openProgramStage(_context: StageContext): Promise<OpenedStage<ProgramStage>> {
  throw new Error('not built yet');
}
