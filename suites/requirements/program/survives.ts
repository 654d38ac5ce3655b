import type { Recording } from '../../../harness/recording/recording.js';
import { deadlineEnd } from '../../facts/deadline-end.js';
import { endInWords, ownExit } from '../../facts/exits.js';
import { pass, places, straddling, untested } from '../../facts/judgements.js';
import { orderlyStop, workingRun } from '../../facts/program-end.js';
import { printedLines } from '../../facts/program-lines.js';
import { delivered, firstStop, ofFirstInstance } from '../../facts/stop.js';
import { between, inWords, window } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';
import { findTraceback } from '../output/find-traceback.js';

/** `program.survives`: a signal that is declared as ignored changes nothing. */
export const programSurvives = requirement({
  id: 'program.survives',
  level: 'MUST',
  since: 2026,
  of: ['program'],
  statement:
    'A signal that the contract declares as ignored changes nothing: the program goes on, and still stops when it is told to.',
  because:
    'The default action of most signals is to end or to stop the process. Whoever closes the terminal of a long job that is said to ignore SIGHUP does not want to start it again.',
  remedy: {
    general:
      'Ignore it explicitly, early in main: signal(SIGxxx, SIG_IGN). A handler that a library installs later undoes that.',
    node: "process.on('SIGHUP', () => {}): Node has no SIG_IGN, an empty listener is the way.",
    python: 'signal.signal(signal.SIGHUP, signal.SIG_IGN) before the work begins.',
    go: 'signal.Ignore(syscall.SIGHUP), and do not give it to signal.Notify as well: the later call wins.',
    jvm: 'Start it with -Xrs, or from a shell that ignores the signal: the JVM keeps a SIGHUP that was ignored at its start.',
    shell: "trap '' HUP: the commands that the script starts inherit it, and nohup does just this.",
  },
  sources: ['avahi/avahi#73', 'signal(7), default actions', 'sigaction(2), SIG_IGN', 'nohup(1)'],
  needsStop: false,
  comparesRuns: true,
  notApplicable({ run, contract }) {
    if (contract.ignoreSignals.length === 0) return 'the contract declares no ignored signals';
    return run.scenario === 'ignored' ? undefined : 'the run sends no ignored signal';
  },
  judge(recording, siblings: readonly Recording[]): Judgement {
    const sent = ofFirstInstance(recording, 'signal')[0];
    if (!sent || sent.event.error !== undefined) return untested('no ignored signal was sent in this run');
    const { signal } = sent.event;
    const at = delivered(recording, sent);
    const stop = firstStop(recording);
    const exit = ownExit(recording);
    const fail = (what: string, observed: string, evidence: readonly number[]): Judgement => ({
      outcome: 'fail',
      message: `${signal} is declared as ignored, but ${what}.`,
      expected: `nothing changes after ${signal}`,
      observed,
      evidence: [sent.index, ...evidence],
    });
    if (exit && (!stop || exit.event.atMs < stop.event.beforeMs)) {
      const end = endInWords(exit.event);
      const after = inWords(between(at, window(recording, exit.event)));
      return fail(`the program ended with ${end} ${after} after it`, end, [exit.index]);
    }
    const span = { fromMs: at.minMs, toMs: stop?.event.beforeMs ?? Number.POSITIVE_INFINITY };
    const traceback = findTraceback(recording, span);
    if (traceback)
      return fail(
        `the program wrote a ${traceback.runtime} traceback after it: ${traceback.quote}`,
        traceback.quote,
        traceback.evidence,
      );
    if (!stop) return untested('that it lived on was not seen', [sent.index]);
    const later = printedLines(recording).filter(
      (line) => line.stream === 'stdout' && line.at.maxMs > at.maxMs && line.at.maxMs <= stop.event.beforeMs,
    );
    if (recording.survey.facts?.printsEveryMs !== undefined && later.length === 0) {
      const waited = inWords(between(at, stop.delivered));
      return fail(`the program printed nothing more in the ${waited} after it`, 'silence', [stop.index]);
    }
    const { inTime, ended, gone } = deadlineEnd(recording, stop);
    const evidence = places({ ...stop, index: sent.index }, stop, gone, ended);
    const plain = workingRun(siblings, stop.event.signal);
    const stopsElse = plain === undefined || orderlyStop(plain).outcome !== 'fail';
    if (inTime === 'no' && stopsElse)
      return fail(`${stop.event.signal} no longer stopped the program after it`, 'no stop', evidence);
    if (inTime === 'unsure')
      return straddling(`the program was gone at about its deadline after ${stop.event.signal}`, evidence);
    return pass(
      `After ${signal} it ${later.length > 0 ? 'printed on' : 'lived on'} until it was stopped.`,
      evidence,
    );
  },
});
