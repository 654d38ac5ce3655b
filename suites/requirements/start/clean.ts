import type { EventOf } from '../../../harness/recording/events.js';
import type { Recording } from '../../../harness/recording/recording.js';
import {
  acceptedInWords,
  endInWords,
  isAccepted,
  isCrash,
  isForcedByDeadline,
  ownExit,
  sinceStop,
  stopsBefore,
} from '../../facts/exits.js';
import { noHandlerAtStop } from '../../facts/handler-at-stop.js';
import { notApplicable, pass, places, straddling } from '../../facts/judgements.js';
import { atPlace, signalledBeforeItListened } from '../../facts/start-place.js';
import { endedByHarness, firstStop } from '../../facts/stop.js';
import { inWords } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';
import { findTraceback } from '../output/find-traceback.js';

/** `start.clean`: a stop during the start-up ends with an accepted status and without a traceback. */
export const startClean = requirement({
  id: 'start.clean',
  level: 'SHOULD',
  since: 2026,
  of: ['server', 'program'],
  statement:
    'A stop signal during the start-up ends the target with an accepted exit status and without a traceback.',
  because:
    'A start that is stopped is an order, not an accident: a failure status makes the supervisor start it again, and a traceback makes people look for a fault that is none.',
  remedy: {
    general:
      'Install the handlers as the first thing the program does, and leave the start-up through the same exit path as a later stop.',
    node: "Register process.on('SIGTERM', …) before the slow imports, and await the start-up steps in a try/catch that looks whether a stop was asked for.",
    python:
      'KeyboardInterrupt may come in any import: keep the entry file tiny, set the handlers there, import the application after it. Before that nothing can be done: CPython needs some 20 ms until your first line runs.',
    go: 'Call signal.NotifyContext as the first line of main; package init functions run before it, so keep them short.',
    jvm: 'Catch what an interrupted start throws in main and return instead of letting it escape.',
    shell:
      "Set the trap in the first line: trap 'exit 0' TERM INT, and replace it when there is something to clean up.",
  },
  sources: ['gptme/gptme#3591', 'systemd.service(5), SuccessExitStatus='],
  judgesEarly: true,
  needsOwnEnd: true,
  notApplicable: ({ run }) => (run.early ? undefined : 'the signal came when the target already served'),
  judge(recording): Judgement {
    const exit = ownExit(recording);
    if (!exit) return notApplicable('the target did not end by itself');
    const elapsed = sinceStop(recording, exit);
    if (!elapsed) return notApplicable('the target ended before a stop signal was sent');
    const end = endInWords(exit.event);
    if (isCrash(recording, exit.event))
      return notApplicable(`it crashed (${end}): exit.no-crash judges that`);
    const signals = stopsBefore(recording, exit).map(({ event }) => event.signal);
    const traceback = findTraceback(recording, {
      toMs: endedByHarness(recording)?.event.beforeMs ?? Number.POSITIVE_INFINITY,
    });
    const forced = isForcedByDeadline(recording, elapsed);
    const isWrongEnd = !isAccepted(recording, exit) && forced !== 'yes';
    const unhandled = traceback ? undefined : diedUnhandled(recording, exit.event);
    if (unhandled) {
      return pass(
        `It ended with ${end}, ${inWords(elapsed)} after it was sent: no handler for it was installed yet, and so the kernel ends any program.`,
        places(unhandled, stopsBefore(recording, exit)[0], exit),
      );
    }
    const evidence = [
      ...atPlace(recording),
      ...stopsBefore(recording, exit).map(({ index }) => index),
      exit.index,
    ];
    const ending = `with ${end}, ${inWords(elapsed)} after ${signals[0]}`;
    if (!traceback && !isWrongEnd) return pass(`It ended ${ending}, without a traceback.`, evidence);
    if (!traceback && forced === 'unsure') return straddling(`it ended ${ending}`, evidence);
    const trace = traceback ? `a ${traceback.runtime} traceback` : undefined;
    return {
      outcome: 'fail',
      message: `Stopped while it started, the target (pid ${exit.event.pid}) ended ${ending}${traceback ? `, and wrote ${trace}: ${traceback.quote}` : ''}.`,
      expected: expected(recording, signals),
      observed: [isWrongEnd ? end : undefined, trace].filter((part) => part !== undefined).join(' and '),
      evidence: [...new Set([...evidence, ...(traceback?.evidence ?? [])])].sort((a, b) => a - b),
    };
  },
});

/**
 * The signal came before the program could do anything about it, and did what it does to any program then. Only at the
 * very start: whoever has come to listen has had the time to install a handler.
 */
function diedUnhandled(recording: Recording, exit: EventOf<'exit'>) {
  const isVeryStart = recording.run.scenario === 'early-spawned' || signalledBeforeItListened(recording);
  const isDeathByIt = exit.signal !== null && exit.signal === firstStop(recording)?.event.signal;
  return isVeryStart && isDeathByIt ? noHandlerAtStop(recording) : undefined;
}

function expected(recording: Recording, signals: readonly NodeJS.Signals[]): string {
  return `${acceptedInWords(recording, signals)}; no traceback`;
}
