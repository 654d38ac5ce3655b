import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import { scenario } from '../../scenario.js';
import { goesOn } from './goes-on.js';

/** A signal that is declared to change nothing. That nothing happened is seen in what it does after it. */
export const ignored = scenario<ProgramStage>({
  id: 'ignored',
  title: 'a signal that the contract declares as ignored, then the stop signal',
  signals: ({ ignoreSignals }) => ignoreSignals,
  async play(stage) {
    const { program, signal, stopSignal } = stage;
    await program.ready();
    const sentMs = program.send(signal);
    await program.release(signal);
    await goesOn(stage, sentMs);
    if (!program.gone) program.send(stopSignal);
    await program.exit();
  },
});
