import type { Recording } from '../../../harness/recording/recording.js';
import { notApplicable } from '../../facts/judgements.js';
import { orderlyStop, workingRun } from '../../facts/program-end.js';
import { firstStop } from '../../facts/stop.js';
import { type Judgement, requirement } from '../../requirement.js';

/** `program.background`: started with SIGINT ignored it still stops on SIGTERM. */
export const programBackground = requirement({
  id: 'program.background',
  level: 'SHOULD',
  since: 2026,
  of: ['program'],
  statement:
    'Started with SIGINT ignored, as a shell starts its background jobs, the program still stops on SIGTERM.',
  because:
    'A script that starts a program with & gives it SIGINT and SIGQUIT ignored (POSIX). A stop that goes through SIGINT never comes then, and kill is the only way left.',
  remedy: {
    general:
      'Give SIGTERM a handler of its own that does not depend on SIGINT: do not send yourself SIGINT from it. Set the dispositions that you need explicitly; an ignored one is inherited through exec.',
    node: "Node takes its own dispositions: process.on('SIGTERM', …) is enough. Do not call process.kill(process.pid, 'SIGINT') in it without a listener for SIGINT.",
    python:
      'Python leaves an ignored SIGINT ignored and raises no KeyboardInterrupt then: signal.raise_signal(SIGINT) or _thread.interrupt_main() in a SIGTERM handler do nothing. Let the handler set the flag itself.',
    go: 'signal.Notify for SIGTERM; an ignored SIGINT stays ignored until signal.Notify names it.',
    jvm: 'The JVM installs no handler for an ignored SIGINT, and none is needed: SIGTERM runs the shutdown hooks.',
    shell:
      'A trap for INT has no effect in a shell that was started with INT ignored (POSIX, trap): trap TERM too.',
  },
  sources: ['IDSIA/sacred#446', 'POSIX.1-2024 XCU 2.12, Signals and Error Handling', 'signal(7), execve(2)'],
  comparesRuns: true,
  notApplicable: ({ run }) =>
    run.scenario === 'background' ? undefined : 'the program was not started with SIGINT ignored',
  judge(recording, siblings: readonly Recording[]): Judgement {
    const judged = orderlyStop(recording);
    if (judged.outcome !== 'fail') return judged;
    const plain = workingRun(siblings, firstStop(recording)?.event.signal ?? '');
    if (plain && orderlyStop(plain).outcome === 'fail')
      return notApplicable(
        'it does not stop in good order with SIGINT in its usual state either: program.stops says so',
      );
    return { ...judged, message: `Started with SIGINT ignored: ${judged.message}` };
  },
});
