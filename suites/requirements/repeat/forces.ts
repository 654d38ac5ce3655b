import { notApplicable, pass, straddling, untested } from '../../facts/judgements.js';
import { delivered, ofFirstInstance } from '../../facts/stop.js';
import { between, duration, inWords } from '../../facts/time.js';
import { treeEnd } from '../../facts/tree-end.js';
import { type Judgement, requirement } from '../../requirement.js';

/** What "at once" means for a forced end, in milliseconds. */
const forcedMs = 500;
/** A second SIGINT counts as a wish to force the end when it comes this long after the first, in milliseconds. */
const patienceMs = 1000;

/** `repeat.forces`: a second Ctrl+C ends the target at once. */
export const repeatForces = requirement({
  id: 'repeat.forces',
  level: 'SHOULD',
  since: 2026,
  statement:
    'A second SIGINT, at least a second after the first, ends the target within 500 ms even if a client is stuck.',
  because:
    'Whoever presses Ctrl+C again does not want to wait for a stuck client. If it has no effect they reach for kill -9, and nothing is cleaned up.',
  remedy: {
    general:
      'Count the SIGINTs: the first starts the graceful stop, the second closes all connections and exits at once.',
    node: "process.on('SIGINT', () => { if (stopping) process.exit(1); stopping = true; server.close(); }); or server.closeAllConnections() on the second.",
    python:
      'In the handler: if stop.is_set(): os._exit(1), else stop.set(). Or, after the first, loop.remove_signal_handler(SIGINT), so that the next one raises KeyboardInterrupt.',
    go: 'ctx, stop := signal.NotifyContext(…); <-ctx.Done(); stop(). After stop() the default action is back, and a second Ctrl+C ends the program.',
    jvm: 'The JVM ignores a second SIGINT while its hooks run: handle it with sun.misc.Signal and call Runtime.getRuntime().halt(130).',
    shell: "In the trap of the first SIGINT: trap 'kill -KILL $pid; exit 130' INT.",
  },
  sources: ['sanic-org/sanic#2621', 'ggml-org/llama.cpp#5734'],
  needsOwnEnd: true,
  notApplicable: ({ run }) =>
    run.scenario === 'second-interrupt' ? undefined : 'the run does not send a second SIGINT',
  judge(recording): Judgement {
    const [first, second] = ofFirstInstance(recording, 'signal').filter(
      ({ event }) => event.signal === 'SIGINT' && event.error === undefined,
    );
    if (!first || !second) return notApplicable('fewer than two SIGINT were sent');
    const from = delivered(recording, first);
    const again = delivered(recording, second);
    const gap = between(from, again);
    if (gap.maxMs < patienceMs)
      return notApplicable('the second SIGINT came less than a second after the first');
    const end = treeEnd(recording, again, forcedMs);
    const goneAtMs = recording.events[end.evidence[0] ?? -1]?.atMs ?? Number.POSITIVE_INFINITY;
    if (goneAtMs <= again.maxMs) return notApplicable('the target was gone before the second SIGINT');
    const { deadlineMs, toleranceMs } = recording.contract;
    const evidence = [first.index, second.index, ...end.evidence];
    const deadlineAtMs = from.minMs + deadlineMs - toleranceMs;
    // What is gone before the deadline could have ended it was forced, however near the deadline was.
    if (again.maxMs + forcedMs + toleranceMs >= from.minMs + deadlineMs && goneAtMs >= deadlineAtMs) {
      const near = 'the deadline is so near that it cannot be told from a forced end';
      // On a busy machine the second signal is sent late: then it is worth another try.
      const couldTell = deadlineMs > patienceMs + forcedMs + toleranceMs;
      return couldTell ? straddling(near, evidence) : notApplicable(near);
    }
    switch (end.kind) {
      case 'in-time':
        return pass(`It was gone ${inWords(end.elapsed)} after the second SIGINT.`, evidence);
      case 'unsure':
        return straddling(`it was gone ${inWords(end.elapsed)} after the second SIGINT`, evidence);
      case 'late':
        return {
          outcome: 'fail',
          message: `A second SIGINT, ${inWords(gap)} after the first, did not force the end: the target was gone only ${inWords(end.elapsed)} after it.`,
          expected: `gone within ${duration(forcedMs)} of the second SIGINT`,
          observed: `gone ${inWords(end.elapsed)} after it`,
          evidence,
        };
      case 'unknown':
        return untested('the recording does not say when the target was gone', evidence);
      default:
        return notApplicable('the target did not end by itself');
    }
  },
});
