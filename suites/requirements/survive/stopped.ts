import type { Recording } from '../../../harness/recording/recording.js';
import { idleClientsHadToBeEnded } from '../../facts/idle-run.js';
import { notApplicable, pass, straddling, untested } from '../../facts/judgements.js';
import { firstStop, ofFirstInstance } from '../../facts/stop.js';
import { duration, inWords } from '../../facts/time.js';
import { treeEnd } from '../../facts/tree-end.js';
import { type Judgement, requirement } from '../../requirement.js';

/** `survive.stopped`: a stop signal that came while the target was stopped is heeded once it continues. */
export const surviveStopped = requirement({
  id: 'survive.stopped',
  level: 'SHOULD',
  since: 2026,
  statement:
    'A target that was suspended (SIGSTOP) when its stop signal came is gone within the deadline after it continues (SIGCONT).',
  because:
    'Suspended containers, laptops that sleep and Ctrl+Z all end like this: the signal waits, and the server must heed it the moment that it runs again. systemd and runit send SIGCONT right after SIGTERM for this case.',
  remedy: {
    general:
      'Heed the signal in the main loop, not only while blocked in one system call, and restart calls that SIGCONT interrupted with EINTR. Count the deadline with a monotonic clock: a timer that has "expired" while suspended must still give the clean-up its turn.',
    node: 'Heartbeats of workers that were due during the suspension must not make the primary start new workers while it stops.',
    python:
      'Of a signal that was pending when the process continued any thread may take the delivery, and a main thread that sleeps in Event.wait() or join() is not woken by it: wait with a timeout in a loop (while not stop.wait(0.5): pass), or read from signal.set_wakeup_fd(). Use time.monotonic() for the deadline.',
    go: 'Nothing special is needed with signal.NotifyContext; a watchdog that restarts workers must look at the context first.',
    shell:
      'A shell that waits for a suspended child does not run its trap: continue the whole group (kill -CONT -- -"$pgid").',
  },
  sources: ['systemd/systemd#199', 'signal(7), SIGCONT', 'systemd.kill(5), KillSignal= (SIGCONT follows it)'],
  comparesRuns: true,
  notApplicable: ({ run }) =>
    run.scenario === 'stopped' ? undefined : 'the target is not suspended in this run',
  judge(recording, siblings: readonly Recording[]): Judgement {
    const stop = firstStop(recording);
    if (!stop) return notApplicable('no stop signal was sent');
    const thaw = ofFirstInstance(recording, 'thawed').find(({ index }) => index > stop.index);
    if (!thaw) return untested('the target was not continued after its stop signal', [stop.index]);
    const { deadlineMs, toleranceMs } = recording.contract;
    const continued = { minMs: thaw.event.beforeMs, maxMs: thaw.event.atMs };
    const end = treeEnd(recording, continued, deadlineMs + toleranceMs);
    const evidence = [stop.index, thaw.index, ...end.evidence];
    const fail = (observed: string): Judgement => ({
      outcome: 'fail',
      message: `The target got ${stop.event.signal} while it was suspended, and ${observed} it continued.`,
      expected: `gone within ${duration(deadlineMs)} of SIGCONT`,
      observed: `${observed} SIGCONT`,
      evidence,
    });
    switch (end.kind) {
      case 'in-time':
        return pass(`It was gone ${inWords(end.elapsed)} after it continued.`, evidence);
      case 'unsure':
        return straddling(`it was gone ${inWords(end.elapsed)} after it continued`, evidence);
      case 'ended-unsure':
        return straddling(`it was still there ${inWords(end.elapsed)} after it continued`, evidence);
      case 'late':
        return fail(`was gone only ${inWords(end.elapsed)} after`);
      case 'ended':
        return idleClientsHadToBeEnded(siblings, stop.event.signal)
          ? notApplicable(
              `${stop.event.signal} does not end it when it was not suspended either: deadline.holds`,
            )
          : fail(`was still alive ${duration(end.elapsed.minMs)} after`);
      case 'orphans':
        return notApplicable('only orphans of its root were left: tree.no-orphans judges them');
      case 'cut-off':
        return untested('the harness ended the target before its deadline', evidence);
      default:
        return untested('the recording does not say when the target was gone', evidence);
    }
  },
});
