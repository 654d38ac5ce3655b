import { nowMs } from '../../../harness/clock.js';
import { MomentMissed } from '../../../harness/stage/moment-missed.js';
import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import { type Possibilities, type Scenario, scenario } from '../../scenario.js';
import { printsAgainWithinMs } from './goes-on.js';

const family = 'broken-pipe';
const signals = () => [null] as const;
/** After the time in which it must have found out, this much longer is waited. */
const patienceMs = 1500;
/** So much is read of a program that prints without a pause before its output is closed in the middle. */
const enoughPieces = 3;

function prints({ survey }: Possibilities): string | undefined {
  return survey.facts?.prints ? undefined : 'the program printed nothing to its standard output';
}

function printsOn(possibilities: Possibilities): string | undefined {
  if (possibilities.survey.facts?.brief) return 'the program ends by itself while its output is read';
  return (
    prints(possibilities) ??
    (possibilities.survey.facts?.printsEveryMs === undefined
      ? 'the program was not seen to print more than at its start'
      : undefined)
  );
}

/** It finds out at its next write: as long as that takes, it is waited for. */
async function ends({ program, survey, contract }: ProgramStage, startMs = 0): Promise<void> {
  const everyMs = survey.facts?.printsEveryMs ?? 0;
  const withinMs = contract.deadlineMs + contract.toleranceMs + printsAgainWithinMs(everyMs) + startMs;
  await program.ends(nowMs() + withinMs + patienceMs, 'it went on without its output');
}

const closedBefore = scenario<ProgramStage>({
  id: 'pipe-closed-before',
  family,
  title: 'nobody reads its output: the pipe is closed before it begins',
  signals,
  impossible: prints,
  async play(stage) {
    await stage.program.begin({ stdout: 'closed' });
    await ends(stage, 3 * stage.survey.startMs + 1000);
  },
});

const closedAfterLine = scenario<ProgramStage>({
  id: 'pipe-closed-after-line',
  family,
  title: 'its output is closed after the first line, as by head -1',
  signals,
  impossible: printsOn,
  async play(stage) {
    const { program } = stage;
    await program.begin();
    if (!(await program.closesAfterLine(stage.survey.startMs * 3 + 10_000))) throw noLine();
    await ends(stage);
  },
});

const closedWhileFull = scenario<ProgramStage>({
  id: 'pipe-closed-full',
  family,
  title: 'its output is closed while the pipe is full, and it waits in a write',
  signals,
  impossible: prints,
  async play(stage) {
    await stage.program.ready({ stdout: 'full' });
    stage.moment('its output is full');
    stage.program.closeOutput();
    await ends(stage);
  },
});

const closedWhileRead = scenario<ProgramStage>({
  id: 'pipe-closed-while-read',
  family,
  title: 'its output is closed while it is read, and has room',
  signals,
  impossible: printsOn,
  async play(stage) {
    const { program, survey } = stage;
    await program.ready();
    for (let pieces = 0; pieces < enoughPieces; pieces += 1) {
      const withinMs = printsAgainWithinMs(survey.facts?.printsEveryMs ?? 0);
      if (!(await program.printsAgain(withinMs))) throw noLine();
    }
    stage.program.closeOutput();
    await ends(stage);
  },
});

function noLine(): MomentMissed {
  return new MomentMissed('it prints', 'no line came in time');
}

export const brokenPipe: readonly Scenario<ProgramStage>[] = [
  closedBefore,
  closedAfterLine,
  closedWhileFull,
  closedWhileRead,
];
