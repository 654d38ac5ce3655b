import { nowMs } from '../../../harness/clock.js';
import { MomentMissed } from '../../../harness/stage/moment-missed.js';
import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import { scenario } from '../../scenario.js';

/** How often it is tried to hit the middle of an item, where the next line came too soon. */
const mostItems = 20;

/** When an item is in progress, as a share of its time: early, so that its end is known to come after the signal. */
const begunFor = 0.25;
/** A signal that comes later is too near to its end to tell. */
const tooLate = 0.6;

/** The signal between two lines that each end a work item. */
export const midItem = scenario<ProgramStage>({
  id: 'mid-item',
  title: 'the stop signal in the middle of a work item',
  core: true,
  impossible: ({ contract, survey }) =>
    contract.item === undefined
      ? 'the contract names no line that ends a work item (--item)'
      : survey.facts?.brief
        ? 'the program ends by itself before an item can be hit'
        : undefined,
  async play({ program, signal, survey, contract, moment }) {
    const item = new RegExp(contract.item ?? '');
    let everyMs = survey.facts?.itemEveryMs ?? 0;
    await program.ready();
    for (let tries = 0; tries < mostItems; tries += 1) {
      const before = program.lastLine(item)?.atMs ?? Number.NEGATIVE_INFINITY;
      if (!(await program.says(item, before, everyMs * 3 + 5000))) break;
      const begun = program.lastLine(item)?.atMs ?? 0;
      // The survey may have read one line late, and taken items for shorter than they are.
      if (Number.isFinite(before)) everyMs = Math.max(everyMs, begun - before);
      if (!(await program.aliveAt(begun, everyMs * begunFor, 'the signal is sent in the middle of an item')))
        break;
      const isLate = nowMs() - begun > everyMs * tooLate;
      if (isLate || (program.lastLine(item)?.atMs ?? 0) > begun) continue;
      moment('a work item is in progress');
      program.send(signal);
      await program.exit();
      return;
    }
    throw new MomentMissed('a work item is in progress', 'no line that ends one came before it');
  },
});
