import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import { scenario } from '../../scenario.js';

/** From this length of clean-up on its middle can be hit, and a second clean-up be told by how long it takes. */
const longCleanUpMs = 300;

/** A little before its middle: a busy machine is late. */
const middle = 0.4;

/** People press Ctrl+C twice, and wrappers pass on what the whole group got already. */
export const cleaningUp = scenario<ProgramStage>({
  id: 'cleaning-up',
  title: 'the stop signal, and again during the clean-up',
  core: true,
  async play({ program, signal, survey, moment }) {
    await program.ready();
    const sentMs = program.send(signal);
    await program.release(signal);
    const { stopsInMs = 0 } = survey.facts ?? {};
    let cleansUp = await program.reacted(signal, sentMs);
    if (cleansUp && stopsInMs >= longCleanUpMs) {
      cleansUp = await program.aliveAt(
        sentMs,
        stopsInMs * middle,
        'the signal is sent again during the clean-up',
      );
    }
    if (cleansUp) {
      moment('it has reacted to the signal, and still lives');
      program.send(signal);
    }
    await program.exit();
  },
});
