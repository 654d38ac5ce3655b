import type { Recording } from '../../../harness/recording/recording.js';
import {
  acceptedInWords,
  endInWords,
  imitatedSignal,
  isAccepted,
  isCrash,
  isForcedByDeadline,
  ownExit,
  sentSignals,
  sinceStop,
  stopsBefore,
} from '../../facts/exits.js';
import { notApplicable, pass, straddling } from '../../facts/judgements.js';
import { inWords } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';

/** `exit.status`: the end after a graceful stop is one that the contract accepts. */
export const exitStatus = requirement({
  id: 'exit.status',
  level: 'MUST',
  since: 2026,
  statement: 'After a graceful stop the target ends with an exit status that its contract accepts.',
  because:
    'Supervisors read the status: after any other one systemd marks the service as failed, Kubernetes shows an error, and a deployment script stops half-way.',
  remedy: {
    general:
      'At the end of your shutdown path exit with 0 explicitly. Do not copy the shell and call exit(128 + n): that is how a shell reports a child that died by a signal. If it is meant, declare it with --exit-status (and SuccessExitStatus= in the systemd unit).',
    node: "In process.on('SIGTERM', …) close the server and let the event loop run dry, or set process.exitCode = 0 and call process.exit() in the callback of server.close(). A rejected promise on that way makes it 1: await every clean-up step in try/catch.",
    python:
      'Let the handler only set an event; return from main() when the clean-up is done. Catch KeyboardInterrupt and asyncio.CancelledError around the main loop, and do not call sys.exit(128 + signum).',
    go: 'Use signal.NotifyContext; after server.Shutdown returns, let main return. ListenAndServe returns http.ErrServerClosed after a Shutdown: that is no error, so compare with errors.Is before log.Fatal (which exits with 1).',
    jvm: 'The JVM exits with 143 after SIGTERM and 130 after SIGINT even when all shutdown hooks went well. Accept them with --exit-status 143,130 and SuccessExitStatus=143 in the unit, or end the last hook with Runtime.getRuntime().halt(0).',
    shell:
      'Start the server with exec, so that its status is the script\'s. Otherwise: trap \'kill -TERM "$pid"\' TERM; wait "$pid"; and after a trap interrupted it, wait "$pid" once more and exit with that status.',
  },
  sources: [
    'nats-io/nats-server#6336',
    'apache/druid#4703',
    'Kludex/uvicorn#1600',
    'systemd.service(5), SuccessExitStatus=',
    'wait(2)',
  ],
  needsOwnEnd: true,
  notApplicable: ({ run }) =>
    run.scenario === 'killed' ? 'the run kills the target, it does not stop it' : undefined,
  judge(recording): Judgement {
    const exit = ownExit(recording);
    if (!exit) return notApplicable('the target did not end by itself');
    const elapsed = sinceStop(recording, exit);
    if (!elapsed) return notApplicable('the target ended before a stop signal was sent');
    if (isCrash(recording, exit.event))
      return notApplicable(`it crashed (${endInWords(exit.event)}): exit.no-crash judges that`);
    const stops = stopsBefore(recording, exit);
    if (stops.length > 1)
      return notApplicable('more than one stop signal came before the exit: repeat.no-crash judges that end');
    const evidence = [...stops.map(({ index }) => index), exit.index];
    const end = endInWords(exit.event);
    const after = `${inWords(elapsed)} after ${stops[0]?.event.signal}`;
    if (isAccepted(recording, exit)) return pass(`It ended with ${end}, ${after}.`, evidence);
    const forced = isForcedByDeadline(recording, elapsed);
    if (forced === 'yes')
      return notApplicable(`the exit came ${inWords(elapsed)} after the stop signal: forced by the deadline`);
    if (isOtherSent(recording, exit.event.signal))
      return notApplicable(`${end}: another signal of this run ended it, not the stop signal`);
    const ending = `The target (pid ${exit.event.pid}) ended with ${end}, ${after}`;
    if (forced === 'unsure') return straddling(ending, evidence);
    const imitated = imitatedSignal(recording, exit.event);
    const expected = acceptedInWords(
      recording,
      stops.map(({ event }) => event.signal),
    );
    if (imitated === undefined)
      return { outcome: 'fail', message: `${ending}.`, expected, observed: end, evidence };
    return {
      outcome: 'fail',
      level: 'SHOULD',
      message: `${ending}: it called exit(128 + the number of ${imitated}) instead of dying by ${imitated}, which systemd counts as a failure unless SuccessExitStatus= lists it.`,
      expected,
      observed: end,
      evidence,
    };
  },
});

/** A signal that was sent but does not ask for a stop (a reload, an undeclared SIGHUP). */
function isOtherSent(recording: Recording, signal: NodeJS.Signals | null): boolean {
  return (
    signal !== null &&
    sentSignals(recording).includes(signal) &&
    !recording.contract.stopSignals.includes(signal)
  );
}
