import type { EventOf } from '../../../harness/recording/events.js';
import type { Recording } from '../../../harness/recording/recording.js';
import { ownExit } from '../../facts/exits.js';
import { listed, notApplicable, pass, untested } from '../../facts/judgements.js';
import { stillStarting } from '../../facts/server-tree.js';
import { endedByHarness, ofFirstInstance, type Placed, treeGone } from '../../facts/stop.js';
import { duration, isAtMost } from '../../facts/time.js';
import { isSingleProcess, processInWords, survivors } from '../../facts/tree.js';
import { orphanMs } from '../../facts/tree-end.js';
import { type Judgement, requirement } from '../../requirement.js';

/** `tree.root-last`: the root process exits last. */
export const treeRootLast = requirement({
  id: 'tree.root-last',
  level: 'SHOULD',
  since: 2026,
  statement: 'The root process exits last: no descendant is alive any more when it has gone.',
  because:
    'Whoever started the target waits for the root only. If it goes first, "stopped" is reported while workers still hold the port and write to files, and a restart at once meets them.',
  remedy: {
    general: 'Wait for every child (waitpid) after forwarding the stop to it, and exit after the last one.',
    node: "await Promise.all(children.map((child) => once(child, 'exit'))) before process.exit(); with cluster, exit on 'exit' of the last worker or after cluster.disconnect() calls back.",
    python: 'Call process.wait() (or join(), or await process.wait()) for each child before main() returns.',
    go: 'Call cmd.Wait for each child, collected in a sync.WaitGroup or errgroup, before main returns.',
    jvm: 'In the shutdown hook call process.waitFor(timeout) after process.destroy().',
    shell:
      'End the script with wait, again after a trap has interrupted it, so that it outlives its children.',
  },
  sources: ['apache/trafficserver#1', 'wait(2)'],
  judgesEarly: true,
  notApplicable(recording) {
    if (recording.run.scenario === 'killed') return 'the root was killed and could not wait for its children';
    return isSingleProcess(recording) ? 'no process of the target but its root was seen' : undefined;
  },
  judge(recording): Judgement {
    const exit = ownExit(recording);
    if (!exit) return notApplicable('the root process did not exit by itself');
    const left = survivors(recording);
    if (left.some(({ lived }) => isAtMost(lived, orphanMs) === 'no')) {
      return notApplicable('a descendant lived on for more than a second: tree.no-orphans judges that');
    }
    const [first] = left;
    if (first) {
      const others = left.length > 1 ? ` and ${left.length - 1} more were` : ' was';
      const later = duration(first.lived.minMs);
      return {
        outcome: 'fail',
        message: `The root (pid ${exit.event.pid}) exited first: ${processInWords(first)}${others} still alive ${later} later.`,
        expected: 'every descendant gone before the root exits',
        observed: `${processInWords(first)} outlived the root`,
        evidence: [...new Set(first.evidence)],
      };
    }
    if (recording.run.early) return notApplicable(stillStarting);
    const gone = treeGone(recording);
    return gone && !endedByHarness(recording)
      ? pass(`No descendant was seen alive after the exit of the root${corpsesInWords(recording, exit)}.`, [
          exit.index,
          gone.index,
        ])
      : untested('the recording does not say what was left after the exit of the root', [exit.index]);
  },
});

/**
 * A zombie after the exit of the root had ended, but nobody can say when: between two looks it may have outlived the
 * root, or have been left by it without a wait.
 */
function corpsesInWords(recording: Recording, exit: Placed<EventOf<'exit'>>): string {
  const pids = ofFirstInstance(recording, 'process')
    .filter(({ event }) => event.state === 'zombie' && event.pid !== exit.event.pid)
    .filter(({ event }) => event.atMs >= exit.event.atMs)
    .map(({ event }) => `pid ${event.pid}`);
  return pids.length > 0
    ? `, only ${listed([...new Set(pids)])} as ${pids.length > 1 ? 'zombies' : 'a zombie'}`
    : '';
}
