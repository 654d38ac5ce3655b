import type { Recording } from '../../../harness/recording/recording.js';
import { notApplicable, pass, untested } from '../../facts/judgements.js';
import { clip, type OutputSpan } from '../../facts/output.js';
import { goingDownIsJudgedBy } from '../../facts/provocation.js';
import { all, endedByHarness, firstStop, ofFirstInstance } from '../../facts/stop.js';
import { between, inWords, window } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';
import { findTraceback, type Traceback } from './find-traceback.js';

/** `output.no-traceback`: nothing that the target writes reports an unhandled fault. */
export const outputNoTraceback = requirement({
  id: 'output.no-traceback',
  level: 'MUST',
  since: 2026,
  statement:
    'The output of the target, once it serves, holds no traceback, panic, uncaught exception, unhandled rejection or sanitizer report.',
  because:
    'A traceback shows code that a stop, or a client that left, took by surprise: what should have come after that line was not done. And alarms that look for tracebacks ring at every deployment.',
  remedy: {
    general:
      'Treat the stop, and every client that goes away, as normal events: catch exactly the exception that they raise, at the place that waits, and log one line. Where the fault is handled and the stack is only logged, log the message instead.',
    node: "Give every socket and stream an 'error' listener, await every promise of the shutdown in try/catch, and do not write to a socket after its end.",
    python:
      'Install handlers (loop.add_signal_handler, or signal.signal with a handler that only sets an event) before serving; wrap asyncio.run(main()) in try/except KeyboardInterrupt; in connection handlers catch ConnectionError and asyncio.IncompleteReadError, and await cancelled tasks with return_exceptions=True.',
    go: 'Do not close a channel that others still send to; stop the senders first (context, WaitGroup). SIGQUIT prints all stacks by default: signal.Notify for it if it is a stop signal.',
    jvm: 'Catch SocketException, ClosedChannelException and InterruptedException in the accept and connection loops and return where a stop was asked for; do not submit to an executor that is shut down.',
    shell: 'Send errors of child programs to their log, and stop them by their pid before you leave.',
  },
  sources: ['elastic/apm-server#534', 'restatedev/restate#1751', 'cylc/cylc-flow#4914'],
  needsStop: false,
  judge(recording): Judgement {
    const ready = ofFirstInstance(recording, 'ready')[0];
    if (!ready) return untested('the target was not seen ready');
    const span = { fromMs: ready.event.atMs, toMs: untilMs(recording) };
    const traceback = findTraceback(recording, span);
    if (!traceback) return pass(`No traceback in ${amount(recording, span)}.`, [ready.index]);
    const elsewhere = goingDownIsJudgedBy(recording);
    if (elsewhere)
      return notApplicable(
        `the target went down with a ${traceback.runtime} traceback: ${elsewhere} judges it`,
      );
    return {
      outcome: 'fail',
      message: `The target wrote a ${traceback.runtime} traceback${since(recording, traceback)}: ${traceback.quote}.`,
      expected: 'no traceback in the output',
      observed: clip(traceback.quote),
      evidence: traceback.evidence,
    };
  },
});

/** What is written after a SIGKILL of the root tells of the SIGKILL, not of the target. */
function untilMs(recording: Recording): number {
  const killed = ofFirstInstance(recording, 'signal').find(({ event }) => event.signal === 'SIGKILL');
  const ended = endedByHarness(recording);
  return Math.min(
    killed?.event.beforeMs ?? Number.POSITIVE_INFINITY,
    ended?.event.beforeMs ?? Number.POSITIVE_INFINITY,
  );
}

function amount(recording: Recording, span: Required<Omit<OutputSpan, 'instance'>>): string {
  const count = ofFirstInstance(recording, 'output').filter(
    ({ event }) => event.atMs >= span.fromMs && event.atMs <= span.toMs,
  ).length;
  const lost = all(recording, 'output-missing').reduce((sum, { event }) => sum + event.bytes, 0);
  const kept = count === 1 ? '1 piece of output' : `${count} pieces of output`;
  return lost > 0 ? `${kept}; ${lost} bytes in the middle were not kept, and not looked at` : kept;
}

function since(recording: Recording, traceback: Traceback): string {
  const stop = firstStop(recording);
  const written = recording.events[traceback.evidence[0] ?? -1];
  if (!stop || !written || written.atMs < stop.event.beforeMs) return '';
  return ` ${inWords(between(stop.delivered, window(recording, written)))} after ${stop.event.signal}`;
}
