import { notApplicable, pass, straddling } from '../../facts/judgements.js';
import { serverProcesses, stillStarting } from '../../facts/server-tree.js';
import { duration, inWords, isAtMost } from '../../facts/time.js';
import { isSingleProcess, processInWords } from '../../facts/tree.js';
import { type Zombie, zombies } from '../../facts/zombies.js';
import { type Judgement, requirement } from '../../requirement.js';

/** A child may wait this long to be reaped, in milliseconds. */
const reapMs = 1000;

/** `tree.no-zombies`: the target waits for its own children. */
export const treeNoZombies = requirement({
  id: 'tree.no-zombies',
  level: 'MUST',
  since: 2026,
  of: ['server', 'program'],
  statement:
    'The target reaps its own children: none stays a zombie for longer than a second, serving or stopping.',
  because:
    'Every zombie holds a process id. A server that never waits for its children fills the process table or the pid limit of its container, and then nothing can be started any more.',
  remedy: {
    general:
      'Call waitpid for every child that you start; in a loop with WNOHANG on SIGCHLD, since several deaths can come as one signal. A server that runs as PID 1 also inherits orphans: start it under an init (docker run --init, tini, dumb-init).',
    node: 'Node reaps what child_process starts; zombies come from blocking the event loop for long, or from grandchildren when Node is PID 1: use an init.',
    python:
      'Keep the Popen object and call poll() or wait(); in asyncio await process.wait(). With os.fork, call os.waitpid(-1, os.WNOHANG) in a loop until it returns 0 or raises ChildProcessError.',
    go: 'Call cmd.Wait after every cmd.Start, in a goroutine if need be; Process.Release does not reap.',
    jvm: 'The JVM reaps what ProcessBuilder starts; zombies come from native code that forks, or from being PID 1.',
    shell:
      'Use wait for background jobs; a shell that waits in a long foreground command reaps them only after it.',
  },
  sources: ['krallin/tini#42', 'moby/moby#29238', 'wait(2), NOTES on zombies'],
  judgesEarly: true,
  needsStop: false,
  notApplicable: (recording) =>
    isSingleProcess(recording) ? 'no process of the target but its root was seen' : undefined,
  judge(recording): Judgement {
    const seen = zombies(recording);
    const kept = seen.filter(({ alone }) => isAtMost(alone, reapMs) === 'no');
    const [first] = kept;
    if (first) return failed(first, kept.length);
    // The end of the watch cuts short what might have been reaped in time: no proof against the target. But what was
    // there for longer, and is excused only by a busy machine, is no proof for it either.
    const doubtful = seen.find(
      ({ span, alone, isCut }) =>
        isAtMost(alone, reapMs) === 'unsure' && (!isCut || isAtMost(span, reapMs) === 'no'),
    );
    if (doubtful)
      return straddling(
        `${processInWords(doubtful)} was a zombie for ${inWords(doubtful.span)}${waitInWords(doubtful)}`,
        doubtful.evidence,
      );
    if (recording.run.early) return notApplicable(stillStarting);
    if (seen.length > 0) return pass('No zombie was left for longer than a second.', seen[0]?.evidence ?? []);
    const sampled = serverProcesses(recording).map(({ index }) => index);
    return sampled.length > 0
      ? pass('No child of the target was seen as a zombie.', sampled.slice(0, 1))
      : notApplicable('no child of the target was seen');
  },
});

/** What a busy machine may have to do with it. */
function waitInWords({ span, alone }: Zombie): string {
  const waitedMs = span.minMs - alone.minMs;
  return waitedMs > 0 ? `, of which the target may have waited ${duration(waitedMs)} for a processor` : '';
}

function failed(zombie: Zombie, count: number): Judgement {
  const long = zombie.isCut
    ? `for ${duration(zombie.span.minMs)}, until the root exited or the run ended`
    : `for ${inWords(zombie.span)}`;
  const more = count > 1 ? `, and ${count - 1} more like it` : '';
  return {
    outcome: 'fail',
    message: `${processInWords(zombie)}, a child of pid ${zombie.parentPid}, stayed a zombie ${long}${more}.`,
    expected: 'reaped within 1 s',
    observed: `a zombie ${long}`,
    evidence: zombie.evidence,
  };
}
