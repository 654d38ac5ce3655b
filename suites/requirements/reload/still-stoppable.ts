import type { Recording } from '../../../harness/recording/recording.js';
import { idleHadToBeEnded } from '../../facts/idle-run.js';
import { notApplicable, pass, straddling, untested } from '../../facts/judgements.js';
import { signalOf } from '../../facts/provocation.js';
import { firstStop } from '../../facts/stop.js';
import { duration, inWords } from '../../facts/time.js';
import { treeEnd } from '../../facts/tree-end.js';
import { type Judgement, requirement } from '../../requirement.js';

/** `reload.still-stoppable`: a stop right after a reload still stops the target. */
export const reloadStillStoppable = requirement({
  id: 'reload.still-stoppable',
  level: 'MUST',
  since: 2026,
  statement: 'A stop signal right after a reload signal still ends the target within the deadline.',
  because:
    'Deployment tools reload and, when the check fails, stop at once. A stop that the reload swallows leaves a server running that nobody will stop again.',
  remedy: {
    general:
      'Keep "reload" and "stop" as two flags, not one variable that the later signal overwrites, and look at "stop" first, before and after the reload. Keep the handlers installed while the configuration is read again; new workers that a reload starts must learn of the stop.',
    node: 'Let the reload check an AbortSignal that the stop aborts after each await; do not call process.removeAllListeners() while reloading.',
    python:
      'Use two asyncio.Event objects, and run the reload as a task that the stop cancels. Do not use signal.signal again inside the reload.',
    go: 'select over both channels gives no order: after a reload check ctx.Err() before the next round. Use channels with a buffer for signal.Notify, or a signal is dropped while the reload runs.',
    shell:
      'bash runs traps one after the other: keep the HUP trap short (set a variable), and reload in the main loop.',
  },
  sources: ['brndnmtthws/conky#233', 'signal(7), pending signals have no order'],
  comparesRuns: true,
  notApplicable({ run, contract }) {
    if (contract.reloadSignals.length === 0) return 'the contract declares no reload signals';
    return run.scenario === 'reload-then-stop' ? undefined : 'the run does not stop right after a reload';
  },
  judge(recording, siblings: readonly Recording[]): Judgement {
    const reload = signalOf(recording, recording.contract.reloadSignals);
    const stop = firstStop(recording);
    if (!reload) return untested('no reload signal was sent in this run');
    if (!stop) return notApplicable('no stop signal was sent');
    if (stop.index < reload.index) return untested('the stop signal did not follow the reload signal');
    const { deadlineMs, toleranceMs } = recording.contract;
    const end = treeEnd(recording, stop.delivered, deadlineMs + toleranceMs);
    const evidence = [reload.index, stop.index, ...end.evidence];
    const goneAtMs = recording.events[end.evidence[0] ?? -1]?.atMs ?? Number.POSITIVE_INFINITY;
    if (goneAtMs < stop.event.beforeMs) return notApplicable('the target was gone before its stop signal');
    const { signal } = stop.event;
    const fail = (observed: string): Judgement => ({
      outcome: 'fail',
      message: `The target ${observed} ${signal}, which came ${duration(stop.event.atMs - reload.event.atMs)} after ${reload.event.signal} (reload).`,
      expected: `gone within ${duration(deadlineMs)} of ${signal}`,
      observed: `${observed} ${signal}`,
      evidence,
    });
    switch (end.kind) {
      case 'in-time':
        return pass(`It was gone ${inWords(end.elapsed)} after ${signal}.`, evidence);
      case 'unsure':
        return straddling(`it was gone ${inWords(end.elapsed)} after ${signal}`, evidence);
      case 'ended-unsure':
        return straddling(`it was still there ${inWords(end.elapsed)} after ${signal}`, evidence);
      case 'late':
        return fail(`was gone only ${inWords(end.elapsed)} after`);
      case 'ended':
        return idleHadToBeEnded(siblings, signal)
          ? notApplicable(`${signal} does not end it without a reload either: deadline.holds judges that`)
          : fail(`was still alive ${duration(end.elapsed.minMs)} after`);
      case 'orphans':
        return notApplicable('only orphans of its root were left: tree.no-orphans judges them');
      case 'cut-off':
        return untested('the harness ended the target before its deadline', evidence);
      default:
        return untested('the recording does not say when the target was gone', evidence);
    }
  },
});
