import type { OpenedStage, StageContext } from './play.js';

/** All that a scenario for clients can do. */
export interface ClientStage {
  /** Notes a fact that the scenario has waited for. */
  moment(words: string): void;
}

export async function openClientStage(_context: StageContext): Promise<OpenedStage<ClientStage>> {
  throw new Error('not built yet');
}
