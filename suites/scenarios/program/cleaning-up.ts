import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import type { ProgramFacts } from '../../../harness/survey/program-facts.js';
import { scenario } from '../../scenario.js';

/** From this length of clean-up on its middle can be hit, and a second clean-up be told by how long it takes. */
const longCleanUpMs = 300;

/** A little before its middle: a busy machine is late. */
const middle = 0.4;

/** A handler may wait for the end of a work item: that takes longer in one play than in another. */
const lateLineMs = 2000;

/** People press Ctrl+C twice, and wrappers pass on what the whole group got already. */
export const cleaningUp = scenario<ProgramStage>({
  id: 'cleaning-up',
  title: 'the stop signal, and again during the clean-up',
  core: true,
  async play({ program, signal, survey, moment }) {
    await program.ready();
    const sentMs = program.send(signal);
    await program.release(signal);
    let cleansUp = await program.reacted(signal, sentMs);
    if (cleansUp) {
      const { fromMs, lastsMs } = await beginningOf(survey.facts, program, sentMs);
      const act = 'the signal is sent again during the clean-up';
      if (lastsMs >= longCleanUpMs) cleansUp = await program.aliveAt(fromMs, lastsMs * middle, act);
    }
    if (cleansUp) {
      moment('it has reacted to the signal, and still lives');
      program.send(signal);
    }
    await program.exit();
  },
});

/**
 * When its clean-up began, and how long one lasts: from the first line that tells of it, where the survey saw one that
 * did not come at the very end; otherwise from the signal.
 */
async function beginningOf(
  { stopsInMs = 0, cleanUpLineInMs }: Partial<ProgramFacts> = {},
  program: ProgramStage['program'],
  sentMs: number,
): Promise<{ readonly fromMs: number; readonly lastsMs: number }> {
  const lastsMs = stopsInMs - (cleanUpLineInMs ?? 0);
  if (cleanUpLineInMs !== undefined && lastsMs >= longCleanUpMs) {
    const fromMs = await program.saysNew(sentMs, cleanUpLineInMs + lateLineMs);
    // Another signal may be obeyed without a word.
    if (fromMs !== undefined) return { fromMs, lastsMs };
  }
  return { fromMs: sentMs, lastsMs: stopsInMs };
}
