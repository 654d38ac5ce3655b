import type { Recording } from '../../../harness/recording/recording.js';
import { canaries } from '../../facts/canary.js';
import { endInWords, isCrash } from '../../facts/exits.js';
import { notApplicable, pass, straddling, untested } from '../../facts/judgements.js';
import { lifeSpan } from '../../facts/life-span.js';
import { provocation, unaskedExit } from '../../facts/provocation.js';
import type { Placed } from '../../facts/stop.js';
import { between, duration, inWords, isAtMost, window } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';
import { findTraceback } from '../output/find-traceback.js';

/** `survive.undeclared-hangup`: SIGHUP, where nothing is declared for it, leads to a graceful stop or to nothing. */
export const surviveUndeclaredHangup = requirement({
  id: 'survive.undeclared-hangup',
  level: 'SHOULD',
  since: 2026,
  statement:
    'A SIGHUP that the contract does not mention leads to a graceful stop or to nothing: no traceback, no odd status.',
  because:
    'SIGHUP comes uninvited: when a terminal or an SSH session closes, and from log rotation that was written for another server.',
  remedy: {
    general:
      'Decide what SIGHUP means and declare it: --stop-signals, --reload-signals or --ignore-signals. If it means nothing, treat it like SIGTERM, or ignore it.',
    node: "process.on('SIGHUP', stop), with the function that SIGTERM uses. A listener for it that does nothing keeps Node alive after its terminal has gone.",
    python:
      'for s in (SIGTERM, SIGINT, SIGHUP): loop.add_signal_handler(s, stop.set). A handler that raises an exception shows as a traceback from wherever the program was.',
    go: 'Add syscall.SIGHUP to signal.NotifyContext; without it the default action ends the program at once.',
    jvm: 'The JVM treats SIGHUP like SIGTERM: it runs the shutdown hooks and exits with 129. Accept that with --exit-status.',
    shell: "trap 'stop' TERM INT HUP.",
  },
  sources: ['elastic/beats#10704', 'puppeteer/puppeteer#1405', 'signal(7), SIGHUP'],
  needsStop: false,
  notApplicable({ run, contract }) {
    if (run.scenario !== 'hangup') return 'the run sends no undeclared SIGHUP';
    const declared = [...contract.stopSignals, ...contract.reloadSignals, ...contract.ignoreSignals];
    return declared.includes('SIGHUP') ? 'the contract declares SIGHUP' : undefined;
  },
  judge(recording): Judgement {
    const hangup = provocation(recording)?.act;
    if (!hangup) return untested('no SIGHUP was sent in this run');
    const exit = unaskedExit(recording, hangup);
    if (exit) return judgeExit(recording, hangup, exit);
    const next = canaries(recording, { ...lifeSpan(recording), fromMs: hangup.event.atMs });
    const failed = next.find(({ outcome }) => outcome === 'failed');
    if (failed) {
      return {
        outcome: 'fail',
        message: `After SIGHUP the server neither ended nor served: the next client (${failed.client}) ${failed.text}.`,
        expected: 'a graceful stop, or nothing',
        observed: `the next client ${failed.text}`,
        evidence: [hangup.index, ...failed.evidence],
      };
    }
    const served = next.find(({ outcome }) => outcome === 'served');
    return served
      ? pass(`After SIGHUP the next client (${served.client}) ${served.text}.`, [
          hangup.index,
          ...served.evidence,
        ])
      : untested('after SIGHUP neither an exit nor a client that was served was seen', [hangup.index]);
  },
});

function judgeExit(
  recording: Recording,
  hangup: Placed,
  exit: NonNullable<ReturnType<typeof unaskedExit>>,
): Judgement {
  const end = endInWords(exit.event);
  if (isCrash(recording, exit.event)) return notApplicable(`it crashed (${end}): exit.no-crash judges that`);
  const { deadlineMs, toleranceMs, exitStatus } = recording.contract;
  const elapsed = between(window(recording, hangup.event), window(recording, exit.event));
  const evidence = [hangup.index, exit.index];
  const fail = (observed: string, extra: readonly number[] = []): Judgement => ({
    outcome: 'fail',
    message: `The server (pid ${exit.event.pid}) ended ${inWords(elapsed)} after a SIGHUP that the contract does not mention, ${observed}.`,
    expected: 'a graceful stop, or nothing',
    observed,
    evidence: [...evidence, ...extra],
  });
  const traceback = findTraceback(recording, {
    fromMs: 'beforeMs' in hangup.event ? hangup.event.beforeMs : hangup.event.atMs,
  });
  if (traceback) return fail(`with a ${traceback.runtime} traceback: ${traceback.quote}`, traceback.evidence);
  const { code, signal } = exit.event;
  const isFine =
    code === null ? signal === 'SIGHUP' && exitStatus.includes('signal') : exitStatus.includes(code);
  if (!isFine) return fail(`with ${end}`);
  const inTime = isAtMost(elapsed, deadlineMs + toleranceMs);
  if (inTime === 'no') return fail(`later than the deadline of ${duration(deadlineMs)}`);
  if (inTime === 'unsure') return straddling(`it ended ${inWords(elapsed)} after SIGHUP`, evidence);
  return pass(`It ended with ${end}, ${inWords(elapsed)} after SIGHUP.`, evidence);
}
