import type { Recording } from '../../../harness/recording/recording.js';
import { imitatedSignal, ownExit, rootPid } from '../../facts/exits.js';
import { pass, places } from '../../facts/judgements.js';
import { firstStop, ofFirstInstance, stopSignals } from '../../facts/stop.js';
import { type Judgement, type Requirement, requirement } from '../../requirement.js';
import { deadlineHolds } from '../deadline/holds.js';
import { exitNoCrash } from '../exit/no-crash.js';
import { exitStatus } from '../exit/status.js';
import { judgeParts } from '../judge-parts.js';
import { outputNoTraceback } from '../output/no-traceback.js';

/**
 * PID 1 cannot die by a signal that it sends itself: who restores the default action and raises the signal again (CPython
 * after a SIGINT) falls back to the status with which a shell reports that death.
 */
const exitStatusOfPid1: Requirement = {
  ...exitStatus,
  judge(recording) {
    const judgement = exitStatus.judge(recording);
    const exit = ownExit(recording);
    if (judgement.outcome !== 'fail' || !exit || !recording.contract.exitStatus.includes('signal'))
      return judgement;
    const signal = imitatedSignal(recording, exit.event);
    return signal === undefined
      ? judgement
      : pass(`It ended with 128 + the number of ${signal}, by which PID 1 cannot die.`, places(exit));
  },
};

/** What one graceful stop is made of; in a run as PID 1 this requirement speaks for them. */
const parts: readonly Requirement[] = [deadlineHolds, exitNoCrash, exitStatusOfPid1, outputNoTraceback];

export const pid1Stops = requirement({
  id: 'pid1.stops',
  level: 'SHOULD',
  since: 2026,
  statement:
    'As PID 1 of a PID namespace, as in a container, a stop signal is one graceful stop too: in time, with an accepted exit status, and without a traceback.',
  because:
    'The kernel does not apply the default action of a signal to PID 1: what is not handled is dropped. Such a container waits for its whole grace period, and is then killed in the middle of its work.',
  remedy: {
    general:
      'Install a handler for the stop signals, and exit from it: to restore the default action and to raise the signal again ends no PID 1. Otherwise put an init in front, which is PID 1 in its place and forwards signals: docker run --init, tini, dumb-init, or shareProcessNamespace in a pod. STOPSIGNAL in a Dockerfile chooses the signal that is handled.',
    node: 'Node has no handler for SIGTERM and SIGINT of its own: process.on(signal, …). process.kill(process.pid, signal) at the end of the shutdown does nothing as PID 1: call process.exit(). Start node itself, not npm or a shell.',
    python:
      'CPython handles SIGINT only: signal.signal(signal.SIGTERM, …), or loop.add_signal_handler. os.kill(os.getpid(), signal.SIGTERM) with the default action does nothing as PID 1: use sys.exit().',
    go: 'The Go runtime ends the program itself with status 2 where a signal with the default action has not ended it; signal.NotifyContext makes it a graceful stop.',
    shell:
      'A shell waits for its command, handles nothing and forwards nothing: use exec for the last command of an entry point, and the exec form in a Dockerfile, CMD ["server"]. A trap must exit by itself.',
  },
  sources: ['nodejs/node-v0.x-archive#9131', 'livekit/egress#1384', 'pid_namespaces(7)', 'kill(2), NOTES'],
  comparesRuns: true,
  notApplicable(recording) {
    if (recording.run.delivery !== 'pid1') return 'the target was not PID 1';
    return stopSignals(recording).length > 1 ? 'several stop signals were sent' : undefined;
  },
  judge(recording, siblings: readonly Recording[]): Judgement {
    const judgement = judgeParts(parts, recording, siblings, {
      what: 'As PID 1',
      well: 'As PID 1 it was one graceful stop.',
    });
    const why = judgement.outcome === 'fail' ? whyDropped(recording) : undefined;
    return why === undefined ? judgement : { ...judgement, message: `${judgement.message} ${why}` };
  },
});

/** Where the masks of PID 1 show that the signal could not reach it. */
function whyDropped(recording: Recording): string | undefined {
  const signal = firstStop(recording)?.event.signal;
  const masks = ofFirstInstance(recording, 'dispositions')
    .at(-1)
    ?.event.processes.find(({ pid }) => pid === rootPid(recording));
  if (!signal || !masks || masks.caught.includes(signal) || masks.blocked.includes(signal)) return undefined;
  return `It has no handler for ${signal}, and the kernel drops that for PID 1.`;
}
