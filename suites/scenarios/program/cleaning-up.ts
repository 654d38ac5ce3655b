import { MomentMissed } from '../../../harness/stage/moment-missed.js';
import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import type { ProgramFacts } from '../../../harness/survey/program-facts.js';
import { duration } from '../../../harness/words.js';
import { scenario } from '../../scenario.js';

/** From this length of clean-up on its middle can be hit, and a second clean-up be told by how long it takes. */
const longCleanUpMs = 300;

/** The later, the longer is a stop that cleans up twice; but a busy machine is late. */
const middle = 0.5;

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
      const line = await firstLine(survey.facts, program, sentMs);
      if (line) cleansUp = await isInTheMiddle(program, line);
    }
    if (cleansUp) {
      moment('it has reacted to the signal, and still lives');
      program.send(signal);
    }
    await program.exit();
  },
});

interface FirstLine {
  readonly atMs: number;
  /** How long the clean-up that it tells of took in the survey. */
  readonly lastsMs: number;
}

/** The line with which a long clean-up begins; undefined where none is known, or another signal is obeyed without a word. */
async function firstLine(
  { stopsInMs = 0, cleanUpLineInMs }: Partial<ProgramFacts> = {},
  program: ProgramStage['program'],
  sentMs: number,
): Promise<FirstLine | undefined> {
  const lastsMs = stopsInMs - (cleanUpLineInMs ?? stopsInMs);
  if (cleanUpLineInMs === undefined || lastsMs < longCleanUpMs) return undefined;
  const atMs = await program.saysNew(sentMs, cleanUpLineInMs + lateLineMs);
  return atMs === undefined ? undefined : { atMs, lastsMs };
}

async function isInTheMiddle(
  program: ProgramStage['program'],
  { atMs, lastsMs }: FirstLine,
): Promise<boolean> {
  const act = 'the signal is sent again during the clean-up';
  if (await program.aliveAt(atMs, lastsMs * middle, act)) return true;
  // Its line was heard late, or this clean-up was shorter than the one that was measured.
  throw new MomentMissed(act, `it was over ${duration(lastsMs * middle)} after its first line was read`);
}
