import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import { scenario } from '../../scenario.js';
import { goesOn } from './goes-on.js';

/** A signal that the program is said to handle: what it does then is seen, and that it lives on in what it does later. */
export const handled = scenario<ProgramStage>({
  id: 'handled',
  title: 'a signal that the program is said to handle, twice',
  signals: ({ handles = [] }) => handles.map(({ signal }) => signal),
  async play(stage) {
    const { program, signal, stopSignal, contract } = stage;
    const promise = contract.handles?.find((each) => each.signal === signal);
    if (promise === undefined) return;
    const withinMs = contract.deadlineMs + contract.toleranceMs;
    await program.ready();
    await program.endsItsLine();
    const sentMs = program.send(signal);
    await program.release(signal);
    if (promise.exit !== undefined) {
      await program.ends(sentMs + withinMs, 'it did not exit');
      return;
    }
    const line = new RegExp(promise.line ?? '');
    const isSaid = await program.says(line, sentMs, withinMs);
    if (!program.gone) await goesOn(stage, sentMs);
    // A handler that was installed for one time only is gone by now, and the default action is back.
    if (isSaid && !program.gone) {
      await program.endsItsLine();
      const againMs = program.send(signal);
      await program.says(line, againMs, withinMs);
      if (!program.gone) await goesOn(stage, againMs);
    }
    if (!program.gone) program.send(stopSignal);
    await program.exit();
  },
});
