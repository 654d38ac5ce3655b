import type { Recording } from '../../../harness/recording/recording.js';
import { noHandlerAtStop } from '../../facts/handler-at-stop.js';
import { notApplicable, pass, straddling, untested } from '../../facts/judgements.js';
import { outputOf } from '../../facts/output.js';
import { atPlace } from '../../facts/start-place.js';
import { firstStop, ofFirstInstance, type Stop } from '../../facts/stop.js';
import { duration, inWords } from '../../facts/time.js';
import { type TreeEnd, treeEnd } from '../../facts/tree-end.js';
import { type Judgement, requirement } from '../../requirement.js';

/** What nobody handles is lost (signal(7)): a program has no say in it before its first line. */
const ignoredByDefault: readonly string[] = ['SIGCHLD', 'SIGCONT', 'SIGURG', 'SIGWINCH'];

/** `start.stoppable`: a stop signal during the start-up ends the target. */
export const startStoppable = requirement({
  id: 'start.stoppable',
  level: 'MUST',
  since: 2026,
  of: ['server', 'program'],
  statement: 'A stop signal at any point of the start-up ends the target within the deadline.',
  because:
    'Deployments that are rolled back, and impatient people, stop servers that have just been started. One that swallows the signal goes on to serve, and waits there for a signal that has already been sent.',
  remedy: {
    general:
      'Install the handlers first, before anything slow, and let them set a "stop was asked for" flag. Look at the flag after every step of the start-up, once more right before serving, and then do not serve.',
    node: "Put process.on('SIGTERM', …) at the top of the entry file (a static import runs before it: import slow modules dynamically). A handler that calls server.close() before server.listen() does nothing useful: keep a flag, or an AbortController that you hand to listen({ signal }).",
    python:
      'A handler that only does event.set() is lost where the event is created later: create it first. Do not replace handlers half-way (signal.signal, then loop.add_signal_handler) without looking at the flag in between.',
    go: 'ctx, stop := signal.NotifyContext(…) as the first line of main; check ctx.Err() before ListenAndServe. Shutdown before Serve is remembered: Serve then returns ErrServerClosed.',
    jvm: 'Register the shutdown hook before the server starts; the hook must not wait for a start that waits for the hook.',
    shell:
      'bash runs a trap only after its foreground command ends: start what is slow in the background and wait for it.',
  },
  needsEffect: true,
  sources: ['jubatus/jubatus#956', 'neutrinolabs/xrdp#3481', 'signal(7)'],
  judgesEarly: true,
  notApplicable: ({ run }) => (run.early ? undefined : 'the signal came when the target already served'),
  judge(recording): Judgement {
    const stop = firstStop(recording);
    if (!stop) return notApplicable('no stop signal was sent');
    const { deadlineMs, toleranceMs } = recording.contract;
    const end = treeEnd(recording, stop.delivered, deadlineMs + toleranceMs);
    const evidence = [stop.index, ...end.evidence];
    switch (end.kind) {
      case 'in-time':
        return pass(`It was gone ${inWords(end.elapsed)} after ${stop.event.signal}.`, evidence);
      case 'unsure':
        return straddling(`it was gone ${inWords(end.elapsed)} after ${stop.event.signal}`, evidence);
      case 'ended-unsure':
        return straddling(`it was still there ${inWords(end.elapsed)} after ${stop.event.signal}`, evidence);
      case 'orphans':
        return notApplicable('only orphans of its root were left: tree.no-orphans judges them');
      case 'cut-off':
        return untested('the harness ended the target before its deadline', evidence);
      case 'unknown':
        return untested('the recording does not say when the target was gone', evidence);
      default:
        if (ignoredByDefault.includes(stop.event.signal) && noHandlerAtStop(recording) !== undefined)
          return notApplicable(
            `${stop.event.signal} came before the target had a handler for it, and the kernel ignores it by default`,
          );
        return failed(recording, stop, end);
    }
  },
});

function failed(recording: Recording, stop: Stop, end: TreeEnd): Judgement {
  const { signal } = stop.event;
  const after = [...ofFirstInstance(recording, 'ready'), ...ofFirstInstance(recording, 'listening')].filter(
    ({ index }) => index > stop.index && index < (end.evidence[0] ?? Number.POSITIVE_INFINITY),
  );
  const [served] = after;
  const serve = recording.kind === 'program' ? 'be ready' : 'serve';
  // That it did not is not said: nobody has waited for it.
  const sequel = served
    ? `went on to ${served.event.type === 'ready' ? serve : 'listen'} ${duration(served.event.atMs - stop.delivered.maxMs)} after it`
    : undefined;
  const alive =
    end.kind === 'late'
      ? `was gone only after ${inWords(end.elapsed)}`
      : `was still alive after ${duration(end.elapsed.minMs)}`;
  const discarded = signal === 'SIGINT' && isDiscardedByPython(recording);
  const why = discarded
    ? ' CPython raised KeyboardInterrupt in a callback of its own and discarded it ("Exception ignored in"), before the program had a handler for SIGINT.'
    : '';
  return {
    outcome: 'fail',
    // The program had no say in it: a signal may come before the first line of its own code.
    ...(discarded ? { level: 'SHOULD' as const } : {}),
    message: `The target got ${signal} while it started, ${sequel === undefined ? '' : `${sequel}, `}and ${alive}.${why}`,
    expected: `gone within ${duration(recording.contract.deadlineMs)} of ${signal}`,
    observed: sequel === undefined ? alive : `${alive}; it ${sequel}`,
    evidence: [...atPlace(recording), stop.index, ...(served ? [served.index] : []), ...end.evidence],
  };
}

/**
 * CPython handles SIGINT from its own start on. Where the exception that its handler raises comes up in a finalizer or
 * a weak reference's callback (as imports have them), it is reported and dropped (sys.unraisablehook).
 */
function isDiscardedByPython(recording: Recording): boolean {
  const report = /^Exception ignored in: .*(?:\n(?:Traceback|[ \t]).*)*\nKeyboardInterrupt\b/m;
  return outputOf(recording).some(({ text }) => report.test(text));
}
