import type { Recording } from '../../../harness/recording/recording.js';
import { noStop, pass, places, untested } from '../../facts/judgements.js';
import { afterStop, sinceStop } from '../../facts/since-stop.js';
import { firstStop, ofFirstInstance, rootExit, type Stop } from '../../facts/stop.js';
import { inWords } from '../../facts/time.js';
import { requirement } from '../../requirement.js';

export const stopIsAcknowledged = requirement({
  id: 'stop.acknowledged',
  level: 'SHOULD',
  since: 2026,
  statement: 'The target writes at least one line about the shutdown between the stop signal and its exit.',
  because:
    'The person who reads the log after an outage must be able to tell a server that was asked to stop from one that crashed.',
  remedy: {
    general:
      'Log one line as the first thing of the shutdown, with the name of the signal ("SIGTERM received, stopping"), and one as the last. Write them outside the signal handler proper and flush them: a buffered line is lost when the process ends without flushing.',
    node: "process.on('SIGTERM', (signal) => { console.error('received', signal); shutdown(); }); // process.exit() right after it may lose output to a pipe: set process.exitCode and let the loop end",
    python:
      'logging.info("received %s, stopping", signal.Signals(number).name) in the main loop once the handler has set its flag; a print into a pipe needs flush=True (or PYTHONUNBUFFERED=1).',
    go: 'After <-ctx.Done(): log.Print("stop signal received, shutting down"). The log package writes at once.',
    jvm: 'Log from the shutdown hook, and see that the logging framework has no shutdown hook of its own that closes it first (Log4j: shutdownHook="disable").',
  },
  sources: ['signal-safety(7)', 'setvbuf(3)'],
  needsOwnEnd: true,
  notApplicable: (recording) =>
    recording.run.scenario === 'idle' ? undefined : 'judged once for each signal, in the run `idle`',
  judge(recording) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const exit = rootExit(recording);
    if (!exit) return untested('the exit of the target was not seen', places(stop));
    const lines = ofFirstInstance(recording, 'output').filter(
      ({ event }) => event.text.trim() !== '' && event.atMs > stop.event.beforeMs,
    );
    // A pipe keeps what was written: what is read after the exit was written before it.
    const [first] = lines;
    if (first) {
      const line = clip(first.event.text);
      return pass(
        `It wrote "${line}" ${afterStop(recording, stop, first.event)}.`,
        places(stop, first, exit),
      );
    }
    return {
      outcome: 'fail',
      message: `The target wrote nothing in the ${inWords(sinceStop(recording, stop, exit.event))} between ${stop.event.signal} and its exit${why(recording, stop)}.`,
      expected: 'at least one line of output between the stop signal and the exit',
      observed: 'no output',
      evidence: places(stop, exit),
    };
  },
});

function why(recording: Recording, stop: Stop): string {
  return rootExit(recording)?.event.signal === stop.event.signal
    ? `: it died by ${stop.event.signal}, as a process does that has no handler`
    : '';
}

function clip(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
