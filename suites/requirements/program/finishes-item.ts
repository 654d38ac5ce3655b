import { isForcedByDeadline, ownExit, sinceStop } from '../../facts/exits.js';
import { notApplicable, pass, places, straddling, untested } from '../../facts/judgements.js';
import { clip } from '../../facts/output.js';
import { printedLines } from '../../facts/program-lines.js';
import { firstStop } from '../../facts/stop.js';
import { between, inWords } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';

/** `program.finishes-item`: the work item in progress is finished. */
export const programFinishesItem = requirement({
  id: 'program.finishes-item',
  level: 'SHOULD',
  since: 2026,
  of: ['program'],
  statement: 'A stop signal in the middle of a work item lets the program finish that item.',
  because:
    'Half an item is worse than none: a record that is written but not acknowledged is done twice, a file that is moved but not entered is lost.',
  remedy: {
    general:
      'Look at the stop flag only between two items. The handler sets the flag and nothing else: it raises no exception and does not exit.',
    node: 'Let the listener set a flag that the loop reads after each awaited item; do not call process.exit() in it.',
    python:
      'Install a handler that sets a threading.Event: KeyboardInterrupt and sys.exit() in a handler break off whatever line is being executed.',
    go: 'Check ctx.Err() between items, and give the item itself a context that is not cancelled (context.WithoutCancel).',
    jvm: 'In the shutdown hook set the flag and join the worker; do not interrupt it in the middle of an item.',
    shell:
      "trap 'stop=1' TERM INT, and test it at the head of the loop; start the item's command in its own group (setsid), so that a Ctrl+C does not end it.",
  },
  sources: ['suredone/qdone#16', 'actumn/celery.node#88', 'signal-safety(7)'],
  needsOwnEnd: true,
  notApplicable: ({ run, contract }) => {
    if (contract.item === undefined) return 'the contract names no line that ends a work item';
    return run.scenario === 'mid-item' ? undefined : 'no work item was known to be in progress';
  },
  judge(recording): Judgement {
    const stop = firstStop(recording);
    const exit = ownExit(recording);
    if (!stop || !exit) return untested('the end of the program was not seen');
    const item = new RegExp(recording.contract.item ?? '');
    const items = printedLines(recording).filter(({ text }) => item.test(text));
    const after = items.find(({ at }) => at.minMs >= stop.delivered.maxMs);
    if (after) {
      return pass(`After ${stop.event.signal} it printed “${clip(after.text, 60)}”, and ended.`, [
        stop.index,
        after.index,
        exit.index,
      ]);
    }
    // Read after the signal, and perhaps printed before it: then the item in progress was the next one.
    const doubtful = items.find(({ at }) => at.maxMs > stop.delivered.minMs);
    if (doubtful) {
      const what = `“${clip(doubtful.text, 60)}” was printed at about the time of ${stop.event.signal}`;
      return straddling(what, [stop.index, doubtful.index]);
    }
    const elapsed = sinceStop(recording, exit);
    const forced = elapsed ? isForcedByDeadline(recording, elapsed) : 'no';
    if (forced === 'yes') return notApplicable('the deadline ended the item');
    if (forced === 'unsure')
      return straddling('it ended at about its deadline, without finishing its item', places(stop, exit));
    const before = items.at(-1);
    const begun = before
      ? `, ${inWords(between(before.at, stop.delivered))} after “${clip(before.text, 60)}”`
      : '';
    return {
      outcome: 'fail',
      message: `${stop.event.signal} came in the middle of an item${begun}; the program ended and did not finish it.`,
      expected: 'one more line that ends an item',
      observed: 'none',
      evidence: [...(before ? [before.index] : []), stop.index, exit.index],
    };
  },
});
