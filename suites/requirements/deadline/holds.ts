import type { Recording } from '../../../harness/recording/recording.js';
import { type ClientView, clientsAtStop } from '../../facts/clients.js';
import { type DeadlineEnd, deadlineEnd, leftInWords, rootInWords } from '../../facts/deadline-end.js';
import { noStop, notApplicable, pass, places, straddling, untested } from '../../facts/judgements.js';
import { firstStop, rootExit, type Stop, stopSignals } from '../../facts/stop.js';
import { duration, inWords } from '../../facts/time.js';
import { leftOrphans } from '../../facts/tree-end.js';
import { requirement } from '../../requirement.js';

const mostNamed = 3;

/** One late end is one failure: in these runs another requirement speaks of it. */
const owners: Readonly<Record<string, string>> = {
  'other-deadline': 'deadline.tracks',
  stopped: 'survive.stopped',
  'reload-then-stop': 'reload.still-stoppable',
};

export const deadlineHolds = requirement({
  id: 'deadline.holds',
  level: 'MUST',
  since: 2026,
  statement:
    'The whole process tree is gone no later than the deadline after the first stop signal, whatever its clients do.',
  because:
    'Whoever stops a server waits this long and then sends SIGKILL: what was not finished by then is lost, and every deployment takes the full wait.',
  remedy: {
    general:
      'Start one timer when the first stop signal arrives. Until it fires, let clients finish; when it fires, close every connection that is left, end child processes and exit. Nothing that a client does (or does not do) may sit between the timer and the exit: no blocking read, no join of a thread that waits for a client. Keep some of the promised time as reserve.',
    node: 'server.close() waits for every connection, for ever. Arm the way out first: setTimeout(() => { server.closeAllConnections(); process.exit(); }, 4_500).unref(). A net.Server has no closeAllConnections: keep its sockets in a Set and destroy() them. Clear intervals, and terminate() workers.',
    python:
      'asyncio: server.close(), then `await asyncio.wait_for(server.wait_closed(), 4.5)`, and on TimeoutError cancel the tasks of the connections. Threads: daemon=True, since the interpreter waits for all others; a blocking recv() is resumed after the handler (PEP 475), so give sockets a timeout or shut them down from the main thread.',
    go: 'ctx, cancel := context.WithTimeout(context.Background(), 4500*time.Millisecond); if srv.Shutdown(ctx) != nil { srv.Close() }. Shutdown without a deadline waits for ever, and it does not know of hijacked connections (WebSocket): end them in srv.RegisterOnShutdown.',
    jvm: 'The JVM waits without limit for its shutdown hooks. Inside the hook: executor.shutdown(); if (!executor.awaitTermination(4, SECONDS)) executor.shutdownNow(); and as the last resort Runtime.getRuntime().halt(1) from a watchdog. Spring Boot: spring.lifecycle.timeout-per-shutdown-phase.',
    shell:
      "Let `exec server` be the last command: then no shell stays that could keep the signal. Elsewhere: a trap does not run before the foreground command ends, so start the server with & and `wait`, forward the signal in the trap, and `wait` again. `timeout -k 1 5 …` is no cure: it does not know the server's children.",
    runner:
      'It may wait for its script for ever, and not tell it: dash does so with SIGINT. Start the server itself (`node server.js`), or write "start": "exec node server.js", which takes the shell away; `--delivery wrapper` shows what each runner does with each signal.',
  },
  sources: [
    'hyperium/hyper#2730',
    'tokio-rs/axum#2611',
    'spring-projects/spring-boot#22689',
    'benoitc/gunicorn#2839',
    'systemd.kill(5)',
  ],
  notApplicable: (recording) => {
    const owner = owners[recording.run.scenario];
    if (recording.run.early) return 'the signal came during the start: start.stoppable judges its end';
    if (owner) return `${owner} judges the end of this run`;
    return stopSignals(recording).length > 1
      ? 'several stop signals were sent: deadline.not-extended judges this run'
      : undefined;
  },
  judge(recording) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const { deadlineMs, toleranceMs } = recording.contract;
    const orphans = leftOrphans(recording, stop.delivered, deadlineMs + toleranceMs);
    if (orphans.certainty === 'yes') {
      return notApplicable('the root exited in time, and left processes: tree.no-orphans says so');
    }
    if (orphans.certainty === 'unsure') {
      const what = `the root exited ${inWords(orphans.rootElapsed)} after ${stop.event.signal}, and left processes`;
      return straddling(what, places(stop, rootExit(recording)));
    }
    const end = deadlineEnd(recording, stop);
    const evidence = places(stop, rootExit(recording), end.gone, end.ended);
    if (end.elapsed === undefined) return untested('the end of the process tree was not seen', evidence);
    const { signal } = stop.event;
    const elapsed = inWords(end.elapsed);
    switch (end.inTime) {
      case 'yes':
        return pass(`The whole process tree was gone ${elapsed} after ${signal}.`, evidence);
      case 'unsure':
        return straddling(
          `the tree was ${end.gone ? 'gone' : 'still there'} ${inWords(end.alone ?? end.elapsed)} after ${signal}`,
          evidence,
        );
      case 'unknown':
        return untested(
          `the harness ended the target ${elapsed} after ${signal}, before its deadline was over`,
          evidence,
        );
      case 'no':
        return {
          outcome: 'fail',
          message: `${sentence(recording, stop, end)}${whoStayed(recording, stop, end)}`,
          expected: `gone within ${duration(recording.contract.deadlineMs)} of ${signal}`,
          observed: end.ended ? `not stopped after ${elapsed}` : `gone after ${elapsed}`,
          evidence: [...evidence, ...stayed(recording, stop, end).map(({ connected }) => connected.index)],
        };
    }
  },
});

/** The clients that were still connected when the deadline was over: mostly the server waits for one of them. */
function stayed(recording: Recording, stop: Stop, { gone, ended }: DeadlineEnd): ClientView[] {
  const over = gone ?? ended;
  return clientsAtStop(recording, stop)
    .filter(({ end }) => end === undefined || over === undefined || end.index > over.index)
    .slice(0, mostNamed);
}

function whoStayed(recording: Recording, stop: Stop, end: DeadlineEnd): string {
  const names = stayed(recording, stop, end).map(({ id }) => id);
  return names.length === 0 ? '' : ` Still connected: ${names.join(', ')}.`;
}

function sentence(recording: Recording, stop: Stop, { gone, ended, elapsed }: DeadlineEnd): string {
  const { signal } = stop.event;
  const root = rootInWords(recording, stop, gone ?? ended);
  if (ended) {
    return `The target did not stop: ${inWords(elapsed ?? stop.delivered)} after ${signal} the harness had to end ${leftInWords(recording, ended)}; ${root}.`;
  }
  const overMs = (elapsed?.maxMs ?? 0) - recording.contract.deadlineMs;
  return `The last process of the target was gone ${inWords(elapsed ?? stop.delivered)} after ${signal}, ${duration(overMs)} past the deadline; ${root}.`;
}
