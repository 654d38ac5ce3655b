import { ownExit } from '../../facts/exits.js';
import { notApplicable, pass, straddling, untested } from '../../facts/judgements.js';
import { endedByHarness, treeGone } from '../../facts/stop.js';
import { duration, inWords, isAtMost } from '../../facts/time.js';
import { processInWords, type Survivor, survivors } from '../../facts/tree.js';
import { orphanMs } from '../../facts/tree-end.js';
import { type Judgement, requirement } from '../../requirement.js';

/** `tree.no-orphans`: no descendant lives on when the root has exited. */
export const treeNoOrphans = requirement({
  id: 'tree.no-orphans',
  level: 'MUST',
  since: 2026,
  of: ['server', 'program'],
  statement:
    'When the root process of the target has exited, no descendant of it lives on for more than a second.',
  because:
    'An orphan keeps the port, the memory and the lock of a server that everybody believes to be stopped: the next start fails, and nobody is left who would stop it.',
  remedy: {
    general:
      'Forward the stop to every child, wait for each of them, and only then exit. On Linux let children ask for a signal when their parent dies: prctl(PR_SET_PDEATHSIG, SIGTERM).',
    node: "Keep every ChildProcess; on the stop call child.kill('SIGTERM') and await its 'exit' event before you exit. A child that was started with shell: true is a shell: its own child is not signalled, so start the program itself.",
    python:
      'For each subprocess: process.terminate(), then process.wait(timeout=…), then process.kill(). Shut down multiprocessing pools and executors (pool.terminate(); pool.join()) in the stop path; os._exit and a second Ctrl+C skip that.',
    go: 'Start children with exec.CommandContext and set cmd.Cancel to send SIGTERM and cmd.WaitDelay; call cmd.Wait for each before main returns. SysProcAttr{Setpgid: true} lets you signal a whole group.',
    jvm: 'In a shutdown hook call process.descendants() and process.destroy() for each, then waitFor with a time-out.',
    shell:
      "Use exec for the last command. With several children: trap 'kill -TERM $pids' TERM INT, and wait for each after it.",
    runner:
      'It ends by the signal, or its shell does, and the server is not told. Start the server itself (`node server.js`), or write "start": "exec node server.js", which takes the shell away; `--delivery wrapper` shows what each runner does with each signal.',
  },
  sources: ['Kludex/uvicorn#2289', 'remy/nodemon#34', 'prctl(2), PR_SET_PDEATHSIG'],
  judgesEarly: true,
  notApplicable: ({ run }) =>
    run.scenario === 'killed' ? 'the root was killed and could not stop its children' : undefined,
  judge(recording): Judgement {
    const exit = ownExit(recording);
    if (!exit) return notApplicable('the root process did not exit by itself');
    const left = survivors(recording);
    const orphan = left.find(({ alone }) => isAtMost(alone, orphanMs) === 'no');
    if (orphan) return failed(exit.event.pid, orphan, left);
    const ended = endedByHarness(recording);
    const doubtful = left.find(({ alone }) => isAtMost(alone, orphanMs) === 'unsure');
    if (doubtful) {
      const what = `${processInWords(doubtful)} was still alive when the root (pid ${exit.event.pid}) had exited`;
      if (Number.isFinite(doubtful.lived.maxMs)) {
        return straddling(
          `${what} and lived on for ${inWords(doubtful.lived)}${waitInWords(doubtful)}`,
          doubtful.evidence,
        );
      }
      if (isAtMost(doubtful.lived, orphanMs) === 'no') {
        const lived = `${duration(doubtful.lived.minMs)} later${waitInWords(doubtful)}`;
        return straddling(`${what}, and still was ${lived}`, doubtful.evidence);
      }
      return untested(`${what}; for how long it would have lived is not in the recording`, doubtful.evidence);
    }
    if (left.length > 0) {
      return pass('What outlived the root was gone within a second.', [
        exit.index,
        ...(left[0]?.evidence ?? []),
      ]);
    }
    const gone = treeGone(recording);
    if (gone && !ended) return pass('No process outlived the root.', [exit.index, gone.index]);
    return untested('the recording does not say what was left after the exit of the root', [exit.index]);
  },
});

/** What a busy machine may have to do with it. */
function waitInWords({ lived, alone }: Survivor): string {
  const waitedMs = lived.minMs - alone.minMs;
  return waitedMs > 0 ? `, of which it may have waited ${duration(waitedMs)} for a processor` : '';
}

function failed(rootPid: number, orphan: Survivor, left: readonly Survivor[]): Judgement {
  const more = left.length > 1 ? ` (and ${left.length - 1} more)` : '';
  const lived = Number.isFinite(orphan.lived.maxMs)
    ? `lived on for ${inWords(orphan.lived)}`
    : `was still alive ${duration(orphan.lived.minMs)} later`;
  return {
    outcome: 'fail',
    message: `The root (pid ${rootPid}) exited, but ${processInWords(orphan)}${more} ${lived}.`,
    expected: 'no descendant alive 1 s after the exit of the root',
    observed: `${processInWords(orphan)} ${lived}`,
    evidence: [...new Set(orphan.evidence)],
  };
}
