import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import { scenario } from '../../scenario.js';
import { goesOn } from './goes-on.js';

/** A signal that the program is said to handle: what it does then is seen, and that it lives on in what it does later. */
export const handled = scenario<ProgramStage>({
  id: 'handled',
  title: 'a signal that the program is said to handle',
  signals: ({ handles = [] }) => handles.map(({ signal }) => signal),
  async play(stage) {
    const { program, signal, stopSignal, contract } = stage;
    const promise = contract.handles?.find((each) => each.signal === signal);
    if (promise === undefined) return;
    const withinMs = contract.deadlineMs + contract.toleranceMs;
    await program.ready();
    const sentMs = program.send(signal);
    await program.release(signal);
    if (promise.exit !== undefined) {
      await program.ends(sentMs + withinMs, 'it did not exit');
      return;
    }
    await program.says(new RegExp(promise.line ?? ''), sentMs, withinMs);
    if (!program.gone) await goesOn(stage, sentMs);
    if (!program.gone) program.send(stopSignal);
    await program.exit();
  },
});
