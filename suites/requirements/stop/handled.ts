import type { SignalName } from '../../../harness/contract/signal-name.js';
import type { EventOf } from '../../../harness/recording/events.js';
import type { Recording } from '../../../harness/recording/recording.js';
import { listed, noStop, notApplicable, pass, places } from '../../facts/judgements.js';
import { endedByHarness, firstStop, ofFirstInstance, type Placed, rootExit } from '../../facts/stop.js';
import { requirement } from '../../requirement.js';

export const stopSignalsAreHandled = requirement({
  id: 'stop.handled',
  level: 'SHOULD',
  since: 2026,
  statement: 'No stop signal is left to its default action: some process of the target catches or blocks it.',
  because:
    'The default action ends a process between two instructions: nobody is told, nothing is flushed. As PID 1 of a container the same process is not touched at all and is killed ten seconds later.',
  remedy: {
    general:
      'Install a handler for every signal that means "stop" before the server begins to listen. SIGTERM comes from service managers and containers, SIGINT from Ctrl+C; give both the same handler, which starts one orderly shutdown.',
    node: "for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, shutdown); // before server.listen()",
    python:
      'In asyncio `loop.add_signal_handler(signal.SIGTERM, stop.set)`; elsewhere `signal.signal(signal.SIGTERM, handler)` in the main thread. Python handles only SIGINT by itself. A parent that runs it with `&` from a script leaves SIGINT ignored: installing a handler cures that too.',
    go: 'ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt); defer stop(); then wait for <-ctx.Done().',
    jvm: 'The JVM catches SIGTERM, SIGINT and SIGHUP itself and runs the shutdown hooks: add one with Runtime.getRuntime().addShutdownHook. Started with -Xrs it does not.',
    shell:
      'Replace the shell by the server (`exec server`), or forward: `server & pid=$!; trap \'kill -TERM "$pid"\' TERM INT; wait "$pid"; wait "$pid"`.',
  },
  sources: ['nodejs/node-v0.x-archive#9131', 'signal(7)', 'proc_pid_status(5): SigCgt, SigBlk, SigIgn'],
  notApplicable(recording) {
    if (recording.run.scenario !== 'idle') return 'judged once for each signal, in the run `idle`';
    return masks(recording) ? undefined : 'this machine does not show the signal masks of processes';
  },
  judge(recording) {
    const stop = firstStop(recording);
    const seen = masks(recording);
    if (!stop) return noStop;
    if (!seen) return notApplicable('this machine does not show the signal masks of processes');
    const { signal } = stop.event;
    const { processes } = seen.event;
    const handling = processes.filter(
      (each) => each.caught.includes(signal) || each.blocked.includes(signal),
    );
    if (handling.length > 0) {
      const pids = listed(handling.map(({ pid }) => `pid ${pid}`));
      return pass(`${signal} is caught or blocked by ${pids}.`, places(seen));
    }
    const exit = rootExit(recording)?.event;
    const ended = endedByHarness(recording);
    if (exit && !ended && exit.code !== null && processes.every(({ ignored }) => !ignored.includes(signal))) {
      // A thread in sigwait(3) has the signals that it waits for neither caught nor blocked: rt_sigtimedwait(2)
      // unblocks them. A default action would have shown in the exit.
      return pass(
        `No mask shows ${signal}, but it ended the target with exit status ${exit.code}.`,
        places(seen, stop, rootExit(recording)),
      );
    }
    const ignoring = processes.filter(({ ignored }) => ignored.includes(signal));
    const observed =
      ignoring.length > 0
        ? `ignored by ${listed(ignoring.map(({ pid }) => `pid ${pid}`))}, caught by none`
        : 'left to its default action by every process';
    return {
      outcome: 'fail',
      message: `${sentence(signal, ignoring.length, processes.length)}${death(recording, signal)}.`,
      expected: `${signal} in SigCgt or SigBlk of some process of the tree`,
      observed,
      evidence: places(seen, stop, rootExit(recording)),
    };
  },
});

function sentence(signal: SignalName, ignoring: number, processes: number): string {
  if (ignoring === 0) return `Nobody handles ${signal}: its default action ends the process at once`;
  const who = ignoring === processes ? 'The target' : `A part of the target (${ignoring} of its processes)`;
  return `${who} ignores ${signal} and no process of it handles it: it cannot lead to an orderly stop`;
}

function death(recording: Recording, signal: SignalName): string {
  return rootExit(recording)?.event.signal === signal ? `, and the root died by it` : '';
}

/** The masks as they were last read before the stop signal: those of a target that serves. */
function masks(recording: Recording): Placed<EventOf<'dispositions'>> | undefined {
  const stop = firstStop(recording);
  return ofFirstInstance(recording, 'dispositions')
    .filter(({ index, event }) => event.processes.length > 0 && (stop === undefined || index < stop.index))
    .at(-1);
}
