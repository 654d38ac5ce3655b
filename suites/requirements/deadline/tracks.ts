import type { Recording } from '../../../harness/recording/recording.js';
import { deadlineEnd } from '../../facts/deadline-end.js';
import { noStop, notApplicable, pass, places, straddling, untested } from '../../facts/judgements.js';
import { firstStop, missedMoment, rootExit } from '../../facts/stop.js';
import { duration, type Interval, inWords, isAtLeast, isAtMost } from '../../facts/time.js';
import { leftOrphans } from '../../facts/tree-end.js';
import { type Judgement, requirement } from '../../requirement.js';

export const deadlineTracks = requirement({
  id: 'deadline.tracks',
  level: 'SHOULD',
  since: 2026,
  statement: 'Where the deadline can be set, the end that the target forces follows the setting.',
  because:
    'Who gives a server more time, or less, relies on it: a number that is read and not used shows only on the day on which it is needed.',
  remedy: {
    general:
      'Read the setting once, in the unit that is documented, and hand that one value to everything that waits at the end: the timer that forces the exit, the drain of connections, the workers that are joined. Look for a second, constant timeout beside it, and for seconds that are taken for milliseconds. A value that cannot be read is an error at the start, not a silent default.',
    node: 'process.env holds texts: setTimeout(force, Number(process.env.SHUTDOWN_TIMEOUT) * 1000). A NaN delay fires after 1 ms.',
    python:
      'Hand the value to every place that has a timeout of its own: uvicorn timeout_graceful_shutdown, gunicorn graceful_timeout, asyncio.wait_for, Thread.join(timeout).',
    go: 'time.ParseDuration wants a unit ("5s"); strconv.Atoi gives a number that must be multiplied by time.Second. http.Server.Shutdown takes its deadline from the context that it is given.',
    jvm: 'spring.lifecycle.timeout-per-shutdown-phase counts for each phase: several phases add up. A process manager in between may have a limit of its own.',
    shell:
      'A variable that is set in a script reaches the server only when it is exported; `timeout` around the server counts from its start.',
  },
  sources: ['sgl-project/sglang#38744'],
  comparesRuns: true,
  notApplicable: ({ run }) =>
    run.deadlineMs === undefined ? 'the target was told the same deadline as in the other runs' : undefined,
  judge(recording, siblings: readonly Recording[]): Judgement {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const reference = siblings.find(
      ({ run }) =>
        run.scenario === 'stuck-client' && run.signal === recording.run.signal && run.delivery === 'process',
    );
    if (!reference) return notApplicable('no run with the usual deadline was played (stuck-client)');
    const usual = ownEnd(reference);
    if ('outcome' in usual) return usual;
    const usualMs = reference.contract.deadlineMs;
    const held = isAtLeast(usual, usualMs / 2);
    const already = `told ${duration(usualMs)}, it was gone after ${inWords(usual)}`;
    if (held === 'no') return notApplicable(`${already} already: nothing made it wait for its deadline`);
    if (held === 'unsure') return straddling(already, places(stop), reference.run.id);
    const own = ownEnd(recording);
    if ('outcome' in own) return own;
    return compare(recording, own, reference, usual);
  },
});

/** From the stop to the end of the tree; or why that says nothing about a deadline. */
function ownEnd(recording: Recording): Interval | Judgement {
  const { run, contract } = recording;
  const missed = missedMoment(recording);
  const stop = firstStop(recording);
  if (missed || !stop) return untested(`${run.id} was not played to its end: there is nothing to compare`);
  const orphans = leftOrphans(recording, stop.delivered, contract.deadlineMs + contract.toleranceMs);
  if (orphans.certainty !== 'no')
    return notApplicable(`in ${run.id} processes were left: tree.no-orphans says so`);
  const end = deadlineEnd(recording, stop);
  if (end.elapsed === undefined || end.alone === undefined)
    return untested(`the end of ${run.id} was not seen`);
  if (!end.ended) return end.alone;
  if (run.deadlineMs === undefined)
    return notApplicable(`in ${run.id} the harness had to end the target: deadline.holds says so`);
  if (end.inTime === 'unknown') return untested('the harness ended the target before its deadline');
  return { minMs: end.alone.minMs, maxMs: Number.POSITIVE_INFINITY };
}

/** In time, and at least half of the way from the one deadline to the other: a constant is at neither's. */
function compare(recording: Recording, own: Interval, reference: Recording, usual: Interval): Judgement {
  const stop = firstStop(recording);
  const { deadlineMs, toleranceMs } = recording.contract;
  const { deadlineMs: usualMs, toleranceMs: usualToleranceMs } = reference.contract;
  const [long, short] = deadlineMs < usualMs ? [usual, own] : [own, usual];
  const nearer = { minMs: long.minMs - short.maxMs, maxMs: long.maxMs - short.minMs };
  const follows = isAtLeast(nearer, Math.abs(usualMs - deadlineMs) / 2);
  // Late with both is late by itself, and of that deadline.holds speaks.
  const isAlwaysLate = isAtMost(usual, usualMs + usualToleranceMs) === 'no';
  const inTime = isAlwaysLate && follows === 'yes' ? 'yes' : isAtMost(own, deadlineMs + toleranceMs);
  const ended = own.maxMs === Number.POSITIVE_INFINITY;
  const what = ended ? `was still alive after ${duration(own.minMs)}` : `was gone after ${inWords(own)}`;
  const other = `told ${duration(usualMs)} (${reference.run.id}), after ${inWords(usual)}`;
  const fault =
    follows === 'yes' ? 'it takes longer than it is told' : 'its end does not follow what it is told';
  const evidence = places(stop, rootExit(recording), deadlineEndOf(recording));
  if (inTime === 'no' || follows === 'no')
    return {
      outcome: 'fail',
      message: `Told that it has ${duration(deadlineMs)}, the target ${what}; ${other}: ${fault}.`,
      expected: `told ${duration(deadlineMs)}: gone within ${duration(deadlineMs)}, and not when another deadline is over`,
      observed: what,
      comparedWith: reference.run.id,
      evidence,
    };
  if (inTime === 'unsure' || follows === 'unsure')
    return straddling(`the target ${what}; ${other}`, evidence, reference.run.id);
  return pass(`Told ${duration(deadlineMs)}, it ${what}; ${other}.`, evidence);
}

function deadlineEndOf(recording: Recording) {
  const stop = firstStop(recording);
  const end = stop && deadlineEnd(recording, stop);
  return end?.gone ?? end?.ended;
}
