import { nowMs } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import type { SignalName } from '../contract/signal-name.js';
import type { Surveyed } from '../survey/surveyed.js';
import type { OpenedStage, StageContext } from './play.js';
import { Program } from './program.js';

/** All that a scenario for programs can do. */
export interface ProgramStage {
  readonly program: Program;
  /** The signal of this run. */
  readonly signal: SignalName;
  /** The signal that ends the program in runs whose own signal does not: the first stop signal of the contract. */
  readonly stopSignal: SignalName;
  readonly contract: Contract;
  readonly survey: Surveyed;
  /** Notes a fact that the scenario has waited for. */
  moment(words: string): void;
}

/** The stage for programs: nothing but a fresh instance, which each script starts as it needs it. */
export async function openProgramStage({
  session,
  recorder,
  survey,
  run,
  key,
}: StageContext): Promise<OpenedStage<ProgramStage>> {
  const { contract } = survey;
  const [stopSignal = 'SIGTERM'] = contract.stopSignals;
  const program = new Program({ session, recorder, runId: key, contract, survey });
  return {
    stage: {
      program,
      signal: run.signal ?? stopSignal,
      stopSignal,
      contract,
      survey,
      moment: (words) => recorder.add({ type: 'moment', moment: words, atMs: nowMs() }),
    },
    ready: async () => {},
    settle: async () => {},
    close: () => program.cleanUp(),
  };
}
