import type { Recording } from '../../../harness/recording/recording.js';
import { type ClientView, clients } from '../../facts/clients.js';
import { noStop, notApplicable, pass, places, straddling, untested } from '../../facts/judgements.js';
import { onIdleMachine } from '../../facts/kept-waiting.js';
import { afterStop, isHarnessDoing, isPastGrace, sinceStop } from '../../facts/since-stop.js';
import { firstStop, rootExit, type Stop, stopSignals, treeGone } from '../../facts/stop.js';
import {
  between,
  type Certainty,
  duration,
  type Interval,
  inWords,
  isAtMost,
  window,
} from '../../facts/time.js';
import { requirement } from '../../requirement.js';

/** A second is long for a program that has nothing left to do, and short for whoever waits for it. */
const promptMs = 1000;

export const exitIsPrompt = requirement({
  id: 'deadline.prompt',
  level: 'SHOULD',
  since: 2026,
  statement:
    'Once the last client has gone, the target exits within 1 s; it does not sit out the rest of the deadline.',
  because: 'A grace period is a limit, not a duration: every restart and every test would take all of it.',
  remedy: {
    general:
      'Wait for two things at once and go with the first: "no connection is left" and "the deadline is over". Do not sleep for the grace period, do not poll the stop flag at long intervals, and drop what keeps the process alive without a client: timers, idle connection pools, worker threads.',
    node: 'server.close(callback) calls back when the last connection has ended, but idle keep-alive connections count: call server.closeIdleConnections() too. The forcing timer needs .unref(), and database pools their own end(); process.getActiveResourcesInfo() names what still holds the loop.',
    python:
      'Replace `time.sleep(grace)` by `all_gone.wait(timeout=grace)` on a threading.Event or Condition that the last connection sets. socketserver looks at its flag every poll_interval (0.5 s) and shutdown() waits for that; non-daemon threads and an unclosed executor delay the exit of the interpreter.',
    go: 'srv.Shutdown(ctx) returns when all connections are idle; for a server of your own use a sync.WaitGroup, close a channel after wg.Wait() and select on it and on ctx.Done().',
    jvm: 'Use executor.awaitTermination(…) or CountDownLatch.await(timeout, unit), which return early, instead of Thread.sleep. Netty: shutdownGracefully(0, 4, SECONDS), whose default quiet period is 2 s.',
    shell:
      'Use `wait "$pid"` instead of `sleep 5; kill -KILL "$pid"`: wait returns when the server has gone.',
  },
  sources: ['nodejs/node#2642', 'tokio-rs/axum#923', 'emmett-framework/granian#568'],
  needsOwnEnd: true,
  notApplicable: (recording) =>
    stopSignals(recording).length > 1
      ? 'several stop signals were sent, and a further one may end the wait'
      : undefined,
  judge(recording) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const gone = treeGone(recording);
    if (!gone) return untested('the end of the process tree was not seen', places(stop));
    if (isHarnessDoing(recording, gone)) return notApplicable('the harness had to end the target');
    const elapsed = sinceStop(recording, stop, gone.event);
    const present = clientsSince(recording, stop);
    const until = (certainty: Certainty) =>
      present.find((client) => stayedUntilDeadline(recording, stop, client) === certainty);
    const stayed = until('yes');
    if (stayed) return notApplicable(`clients stayed until the deadline (${stayed.id})`);
    if (isAtMost(elapsed, promptMs) === 'yes') {
      return pass(`It was gone ${inWords(elapsed)} after ${stop.event.signal}.`, places(stop, gone));
    }
    const perhaps = until('unsure');
    if (perhaps)
      return straddling(
        `A client may have stayed until the deadline (${perhaps.id})`,
        places(stop, perhaps.end, gone),
      );
    const last = present.reduce<ClientView | undefined>(later, undefined);
    const free = last?.end ? latest(stop.delivered, window(recording, last.end.event)) : stop.delivered;
    const after = between(free, window(recording, gone.event));
    const seen = { minMs: after.minMs, maxMs: Math.max(0, after.maxMs) };
    const idle = onIdleMachine(recording, seen, free.minMs, gone.event.atMs);
    const evidence = places(stop, last?.end, rootExit(recording), gone);
    const who = last
      ? `its last client (${last.id}) had gone`
      : `${stop.event.signal}, although no client was connected`;
    const message = `It was gone ${inWords(idle)} after ${who}`;
    const certainty = isAtMost(idle, promptMs);
    if (certainty === 'yes') return pass(`${message}.`, evidence);
    if (certainty === 'unsure') return straddling(message, evidence);
    return {
      outcome: 'fail',
      message: `${message}${hint(recording, stop, last !== undefined)}.`,
      expected: `gone within ${duration(promptMs)} of ${last ? 'the end of the last client' : stop.event.signal}`,
      observed: `gone ${inWords(idle)} after it`,
      evidence,
    };
  },
});

/** The clients that the server had at the stop, and those that came after it. */
function clientsSince(recording: Recording, stop: Stop): ClientView[] {
  return clients(recording).filter(
    ({ instance, role, connected, end }) =>
      instance === 0 &&
      (end === undefined || end.event.atMs > stop.event.beforeMs) &&
      // The canary of the readiness check has done its work before the stop.
      (role !== 'canary' || connected.event.beforeMs > stop.event.beforeMs),
  );
}

/**
 * Whether the client was there until the deadline permitted the server to cut it off. Whether its connection ended
 * a little before the exit or with it is not asked: the two are seen by different processes, and differ by less.
 */
function stayedUntilDeadline(recording: Recording, stop: Stop, { end }: ClientView): Certainty {
  const last = end?.event ?? treeGone(recording)?.event;
  return last === undefined ? 'yes' : isPastGrace(recording, stop, last);
}

function later(one: ClientView | undefined, other: ClientView): ClientView {
  return one?.end && other.end && one.end.event.atMs >= other.end.event.atMs ? one : other;
}

function latest(one: Interval, other: Interval): Interval {
  return { minMs: Math.max(one.minMs, other.minMs), maxMs: Math.max(one.maxMs, other.maxMs) };
}

function hint(recording: Recording, stop: Stop, hadClients: boolean): string {
  const gone = treeGone(recording);
  const { deadlineMs, toleranceMs } = recording.contract;
  if (!gone) return '';
  const { maxMs } = sinceStop(recording, stop, gone.event);
  return Math.abs(maxMs - deadlineMs) <= toleranceMs
    ? `${hadClients ? `, ${afterStop(recording, stop, gone.event)}` : ''}: it seems to have sat its deadline out`
    : '';
}
