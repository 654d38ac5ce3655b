import type { SignalName } from '../../../harness/contract/signal-name.js';
import type { EventOf } from '../../../harness/recording/events.js';
import type { Recording } from '../../../harness/recording/recording.js';
import { endInWords, isCrash, isOfRepeat, ownExit, sentSignals } from '../../facts/exits.js';
import { notApplicable, pass, untested } from '../../facts/judgements.js';
import { goingDownIsJudgedBy } from '../../facts/provocation.js';
import { all, type Placed } from '../../facts/stop.js';
import { between, inWords, window } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';

/** Signals whose default action is to dump core (signal(7)): a core file then shows no fault. */
const coreSignals: ReadonlySet<SignalName> = new Set<SignalName>([
  'SIGQUIT',
  'SIGABRT',
  'SIGILL',
  'SIGFPE',
  'SIGSEGV',
  'SIGBUS',
  'SIGSYS',
  'SIGTRAP',
  'SIGXCPU',
  'SIGXFSZ',
]);

/** `exit.no-crash`: never death by a fault signal, and no core file. */
export const exitNoCrash = requirement({
  id: 'exit.no-crash',
  level: 'MUST',
  since: 2026,
  statement:
    'The target never dies by SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGSYS, SIGTRAP or SIGPIPE, and leaves no core file.',
  because:
    'A process that crashes on its way out has not finished its clean-up: data is half written, children and sockets are left, and every deployment raises a crash alarm.',
  remedy: {
    general:
      'In the signal handler do nothing but set a flag or write one byte to a pipe (signal-safety(7)); free nothing that a thread still uses before it is joined. Ignore SIGPIPE, or send with MSG_NOSIGNAL, and handle EPIPE. Reproduce it under AddressSanitizer.',
    node: 'Node dies by SIGABRT when it runs out of heap or a native addon fails an assertion: close native handles (databases, watchers) before process.exit(), and read the first line of "FATAL ERROR".',
    python:
      'Start with python -X faulthandler to see where it died. Usual causes: daemon threads inside a C extension while the interpreter is finalised (join them), and signal.signal(SIGPIPE, SIG_DFL).',
    go: 'Go dies by SIGPIPE only when writing to a broken standard output or error; signal.Ignore(syscall.SIGPIPE) and handle the error. A crash in cgo code needs the fix there.',
    jvm: 'Read hs_err_pid*.log. Usual cause: native resources (direct buffers, JNI libraries) closed by a shutdown hook while worker threads still use them; stop the workers first.',
  },
  sources: ['dotnet/core-setup#7913', 'signal(7)', 'signal-safety(7)', 'core(5)'],
  judgesEarly: true,
  needsStop: false,
  comparesRuns: true,
  judge(recording, siblings: readonly Recording[]): Judgement {
    const crash = crashes(recording)[0];
    if (crash) {
      const elsewhere = judgedElsewhere(recording, siblings, crash);
      if (elsewhere) return notApplicable(`${endInWords(crash.event)}: ${elsewhere} judges it in this run`);
      const act = lastAct(recording, crash);
      return {
        outcome: 'fail',
        message: `The target (pid ${crash.event.pid}) died by ${crash.event.signal}${since(recording, act, crash)}.`,
        expected: 'an end that is not a crash',
        observed: endInWords(crash.event),
        evidence: [...(act ? [act.index] : []), crash.index],
      };
    }
    const core = sentSignals(recording).some((signal) => coreSignals.has(signal))
      ? undefined
      : all(recording, 'core-file')[0];
    if (core) {
      return {
        outcome: 'fail',
        message: `A process of the target dumped core: ${core.event.path}.`,
        expected: 'no core file',
        observed: core.event.path,
        evidence: [core.index],
      };
    }
    const exits = all(recording, 'exit');
    const ends = exits.length > 0 ? exits : all(recording, 'ended-by-harness');
    return ends.length > 0
      ? pass(
          'No crash.',
          ends.map(({ index }) => index),
        )
      : untested('the recording does not say how the target ended');
  },
});

/** The ends by a fault signal, of any instance, that the harness has not caused. */
function crashes(recording: Recording): Placed<EventOf<'exit'>>[] {
  const ended = all(recording, 'ended-by-harness');
  return all(recording, 'exit').filter(
    ({ event }) =>
      isCrash(recording, event) &&
      !ended.some((end) => end.event.instance === event.instance && end.event.beforeMs < event.atMs),
  );
}

/** One cause, one failure: where a more telling requirement with the same level fails for this crash, its id. */
function judgedElsewhere(
  recording: Recording,
  siblings: readonly Recording[],
  crash: Placed<EventOf<'exit'>>,
): string | undefined {
  if (crash.index !== ownExit(recording)?.index) return undefined;
  if (isOfRepeat(recording, siblings)) return 'repeat.no-crash';
  const requirement = goingDownIsJudgedBy(recording);
  // survive.undeclared-hangup is a SHOULD: a crash weighs more.
  return requirement === 'survive.undeclared-hangup' ? undefined : requirement;
}

/** What was last done to this instance before it crashed: a signal, or a client's reset. */
function lastAct(recording: Recording, crash: Placed<EventOf<'exit'>>) {
  return [...all(recording, 'signal'), ...all(recording, 'left')]
    .filter(({ event, index }) => {
      if (index > crash.index) return false;
      return event.type === 'signal' ? event.instance === crash.event.instance : event.how === 'rst';
    })
    .sort((a, b) => a.index - b.index)
    .at(-1);
}

function since(
  recording: Recording,
  act: ReturnType<typeof lastAct>,
  crash: Placed<EventOf<'exit'>>,
): string {
  if (!act) return '';
  const elapsed = between(window(recording, act.event), window(recording, crash.event));
  const what =
    act.event.type === 'signal' ? act.event.signal : `client ${act.event.client} reset its connection`;
  return `, ${inWords(elapsed)} after ${what}`;
}
