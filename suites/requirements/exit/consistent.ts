import type { SignalName } from '../../../harness/contract/signal-name.js';
import type { EventOf } from '../../../harness/recording/events.js';
import type { Recording } from '../../../harness/recording/recording.js';
import {
  endInWords,
  isCrash,
  isSameEnd,
  ownExit,
  releasedByRepeat,
  sentSignals,
  stopsBefore,
} from '../../facts/exits.js';
import { notApplicable, pass } from '../../facts/judgements.js';
import type { Placed } from '../../facts/stop.js';
import { type Judgement, requirement } from '../../requirement.js';

/** `exit.consistent`: the same signal ends every run with the same status. */
export const exitConsistent = requirement({
  id: 'exit.consistent',
  level: 'SHOULD',
  since: 2026,
  statement: 'The same stop signal ends the target with the same status, whatever its clients are doing.',
  because:
    'A status that depends on who is connected makes a supervisor restart, or raise an alarm, only on busy days, when nobody can reproduce it.',
  remedy: {
    general:
      'Have one place that turns "a stop was asked for" into an exit status, and let every way out (all clients gone, deadline reached, an error while closing a connection) go through it.',
    node: 'Look for process.exit(1) in the time-out of the shutdown and in unhandledRejection handlers; a write to a closed socket during shutdown emits an error event that ends the process with 1 where nobody listens to it.',
    python:
      'Gather tasks with return_exceptions=True when cancelling them; an exception of one connection handler must not travel through asyncio.run() and turn the status into 1.',
    go: 'server.Shutdown returns context.DeadlineExceeded when clients stay: do not log.Fatal on it, call server.Close and return.',
    jvm: 'An uncaught exception in main makes the status 1 where a shutdown would have given 143: catch what closing throws (ClosedChannelException, RejectedExecutionException).',
  },
  sources: ['systemd.service(5), Restart=', 'wait(2)'],
  needsOwnEnd: true,
  comparesRuns: true,
  judge(recording, siblings: readonly Recording[]): Judgement {
    const own = comparable(recording);
    if (!own) return notApplicable('the end of this run cannot be compared with that of another run');
    const others = siblings.flatMap((sibling) => comparable(sibling) ?? []);
    const runs = (siblings.includes(recording) ? others : [own, ...others]).filter(
      ({ signal }) => signal === own.signal,
    );
    if (runs.length < 2) return notApplicable(`no other run can be compared for ${own.signal}`);
    const reference = runs.find(({ run }) => run.scenario === 'idle') ?? mostCommon(runs);
    const end = endInWords(own.exit.event);
    if (isSameEnd(own.exit.event, reference.exit.event)) {
      return pass(`${end}, as in ${reference.run.id}.`, [own.exit.index]);
    }
    const usual = endInWords(reference.exit.event);
    return {
      outcome: 'fail',
      message: `${own.signal} ended the target with ${end} in ${recording.run.id}, but with ${usual} in ${reference.run.id}.`,
      expected: `${usual}, as in ${reference.run.id}`,
      observed: end,
      comparedWith: reference.run.id,
      evidence: [own.stop.index, own.exit.index],
    };
  },
});

interface Comparable {
  readonly run: Recording['run'];
  readonly signal: SignalName;
  readonly stop: Placed<EventOf<'signal'>>;
  readonly exit: Placed<EventOf<'exit'>>;
}

/** Every run is compared with every other. */
const known = new WeakMap<Recording, { readonly end: Comparable | undefined }>();

/** The end of a run that one stop signal, and nothing else, has caused; otherwise undefined. */
function comparable(recording: Recording): Comparable | undefined {
  const { end } = known.get(recording) ?? { end: comparableEnd(recording) };
  known.set(recording, { end });
  return end;
}

function comparableEnd(recording: Recording): Comparable | undefined {
  const { run, contract } = recording;
  const exit = ownExit(recording);
  if (!exit || run.early || run.scenario === 'killed') return undefined;
  const [stop, ...repeats] = stopsBefore(recording, exit);
  if (!stop || repeats.some(({ event }) => event.signal !== stop.event.signal)) return undefined;
  if (releasedByRepeat(recording) || isCrash(recording, exit.event)) return undefined;
  const by = exit.event.signal;
  const byOther = by !== null && sentSignals(recording).includes(by) && !contract.stopSignals.includes(by);
  return byOther ? undefined : { run, signal: stop.event.signal, stop, exit };
}

/** One of the runs that end as most of them do. Called with at least one. */
function mostCommon(runs: readonly Comparable[]): Comparable {
  const count = (one: Comparable) =>
    runs.filter((other) => isSameEnd(one.exit.event, other.exit.event)).length;
  return runs.reduce((best, run) => (count(run) > count(best) ? run : best));
}
