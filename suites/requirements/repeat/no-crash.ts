import type { Recording } from '../../../harness/recording/recording.js';
import {
  acceptedInWords,
  endInWords,
  endsLikeIdle,
  forcedByRepeat,
  idleRun,
  imitatedSignal,
  isAccepted,
  isForcedByDeadline,
  ownExit,
  releasedByRepeat,
  sentSignals,
  sinceStop,
  stopsBefore,
} from '../../facts/exits.js';
import { notApplicable, pass, straddling } from '../../facts/judgements.js';
import { firstStop } from '../../facts/stop.js';
import { inWords } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';

/** From this status on shells speak of their own troubles (126, 127) and of deaths by signals (128+n). */
const shellStatus = 126;

/** `repeat.no-crash`: more stop signals still make one orderly end. */
export const repeatNoCrash = requirement({
  id: 'repeat.no-crash',
  level: 'MUST',
  since: 2026,
  statement: 'Further stop signals during the shutdown still lead to one orderly end.',
  because:
    'People press Ctrl+C twice, wrappers forward a signal that the whole group already got, and supervisors repeat themselves: the clean-up must bear being asked for twice.',
  remedy: {
    general:
      'Make the stop idempotent: the first signal starts it, a later one finds a flag and returns, or cuts it short on purpose if it comes at least a second later (wrappers deliver the same signal twice). Do not put the default action back after the first signal unless a forced end is meant.',
    node: 'Use process.on, not process.once: after once the second signal has the default action again and kills in mid-clean-up. Guard with if (stopping) return; server.close() twice calls back with ERR_SERVER_NOT_RUNNING.',
    python:
      'A second Ctrl+C in asyncio.run raises KeyboardInterrupt in the middle of the clean-up. Install handlers with loop.add_signal_handler that only call event.set(): that may be repeated.',
    go: 'signal.NotifyContext: calling stop() puts the default action back, so the next signal kills; call it only when that is meant. Close a channel under sync.Once.',
    jvm: 'The JVM ignores further signals while its hooks run; System.exit inside a hook deadlocks.',
    shell: "First thing in the trap: trap '' TERM INT.",
  },
  sources: ['kata-containers/kata-containers#13163', 'pnpm/pnpm#7374', 'signal-safety(7)'],
  comparesRuns: true,
  judge(recording, siblings: readonly Recording[]): Judgement {
    const exit = ownExit(recording);
    if (!exit) return notApplicable('the target did not end by itself');
    const stops = stopsBefore(recording, exit);
    const elapsed = sinceStop(recording, exit);
    if (stops.length < 2 || !elapsed)
      return notApplicable('no more than one stop signal came before the target ended');
    const signals = [...new Set(stops.map(({ event }) => event.signal))];
    const sent = `${stops.length} stop signals (${signals.join(', ')})`;
    const evidence = [
      ...new Set([stops[0]?.index ?? exit.index, stops.at(-1)?.index ?? exit.index, exit.index]),
    ];
    const end = endInWords(exit.event);
    const ending = `ended with ${end}, ${inWords(elapsed)} after the first of ${sent}`;
    const isStatusOnly = isOrderlyEnd(recording);
    // A second signal may cut the stop short: then any status of the target's own choice will do.
    const isForced = isStatusOnly && forcedByRepeat(recording);
    const isKilled = isKilledByDuplicate(recording, siblings);
    if ((isAccepted(recording, exit) && !isKilled) || isForced) return pass(`It ${ending}.`, evidence);
    if (endsLikeIdle(recording, siblings))
      return notApplicable(
        `${end}, as after a single ${signals.join(' or ')}: exit.status or exit.no-crash judges that`,
      );
    const forced = isForcedByDeadline(recording, elapsed);
    if (isStatusOnly && forced === 'yes') return pass(`It ${ending}: forced by the deadline.`, evidence);
    if (isStatusOnly && forced === 'unsure') return straddling(`it ${ending}`, evidence);
    // Wrappers deliver a signal twice, a millisecond apart: what came again so soon was not meant to force anything.
    const isHasty = isKilled || (isStatusOnly && releasedByRepeat(recording));
    const isLesser = isHasty || (isStatusOnly && imitatedSignal(recording, exit.event) !== undefined);
    const again = signals.length > 1 ? 'a further signal' : 'a duplicate of the signal';
    const why = isHasty ? `: ${again} cut its stop short` : '';
    return {
      outcome: 'fail',
      ...(isLesser ? { level: 'SHOULD' as const } : {}),
      message: `The target (pid ${exit.event.pid}) ${ending}${why}.`,
      expected: `one orderly end: ${acceptedInWords(recording, signals)}`,
      observed: end,
      evidence,
    };
  },
});

/**
 * Death by the very signal is an end that a contract may accept, where it is what one signal leads to. A target that
 * stops in another way on one signal, and is killed by the next one a moment later, had its stop cut short.
 */
function isKilledByDuplicate(recording: Recording, siblings: readonly Recording[]): boolean {
  const exit = ownExit(recording)?.event;
  const stop = firstStop(recording);
  if (!exit?.signal || !stop || !releasedByRepeat(recording) || forcedByRepeat(recording)) return false;
  return idleRun(siblings, stop.event.signal) !== undefined && !endsLikeIdle(recording, siblings);
}

/** An exit of the target's own choice, or the action of a signal that was sent: not a crash. */
function isOrderlyEnd(recording: Recording): boolean {
  const exit = ownExit(recording)?.event;
  if (!exit) return false;
  if (exit.signal !== null) return sentSignals(recording).includes(exit.signal);
  return (exit.code ?? shellStatus) < shellStatus || imitatedSignal(recording, exit) !== undefined;
}
