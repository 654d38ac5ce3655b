import type { EventOf } from '../../../harness/recording/events.js';
import type { Recording } from '../../../harness/recording/recording.js';
import { pass, places, straddling, untested } from '../../facts/judgements.js';
import { ofFirstInstance, type Placed } from '../../facts/stop.js';
import { between, duration, inWords, isAtMost } from '../../facts/time.js';
import { requirement } from '../../requirement.js';

/** What has ended may wait this long to be reaped, in milliseconds. */
const reapMs = 1000;

export const pid1Reaps = requirement({
  id: 'pid1.reaps',
  level: 'MAY',
  since: 2026,
  statement: 'As PID 1 of a PID namespace it reaps, within a second, the processes that it inherits.',
  because:
    'In a container PID 1 inherits every process that has lost its parent, and nobody else can wait for it: each stays a zombie, and counts against the limit of processes until the container is gone.',
  remedy: {
    general:
      'Put an init in front, which is PID 1 in its place and waits for everybody: docker run --init, tini, dumb-init. Otherwise call waitpid(-1, …, WNOHANG) in a loop on every SIGCHLD.',
    node: 'Node waits only for what child_process has started, and cannot wait for others: use an init.',
    python:
      'os.waitpid(-1, os.WNOHANG) in a loop on SIGCHLD takes the status away from subprocess and asyncio: use an init unless it starts no processes itself.',
    go: 'syscall.Wait4(-1, …, WNOHANG, nil) takes the status away from exec.Cmd.Wait: use an init, or go-reaper in a parent process of its own.',
    shell:
      'bash and dash reap what they inherit when they wait for a child; exec makes the server PID 1 instead.',
  },
  sources: ['krallin/tini#42', 'pid_namespaces(7)', 'wait(2)'],
  needsStop: false,
  notApplicable(recording) {
    if (recording.run.delivery !== 'pid1') return 'the target was not PID 1';
    return recording.run.scenario === 'inherited-orphan' ? undefined : 'it inherited nothing in this run';
  },
  judge(recording) {
    const ended = orphan(recording, 'ended');
    const reaped = orphan(recording, 'reaped');
    const left = orphan(recording, 'left');
    const last = reaped ?? left;
    if (!ended || !last) return untested('the recording does not say what became of the inherited process');
    const evidence = places(orphan(recording, 'inherited'), ended, last);
    const { pid } = ended.event;
    const spent = between(span(ended), span(last));
    // What was left was a zombie from the end on until the last look.
    const zombie = reaped
      ? spent
      : { minMs: Math.max(0, last.event.atMs - ended.event.atMs), maxMs: Number.POSITIVE_INFINITY };
    switch (isAtMost(zombie, reapMs)) {
      case 'yes':
        return pass(
          `The process that it inherited (pid ${pid}) was reaped after ${inWords(zombie)}.`,
          evidence,
        );
      case 'unsure':
        return straddling(
          `the process that it inherited (pid ${pid}) was a zombie for ${inWords(zombie)}`,
          evidence,
        );
      case 'no': {
        const long = reaped ? `for ${inWords(zombie)}` : `${duration(zombie.minMs)} later`;
        return {
          outcome: 'fail',
          message: `The process that it inherited as PID 1 (pid ${pid}) ended, and was ${reaped ? 'a zombie' : 'still a zombie'} ${long}.`,
          expected: `reaped within ${duration(reapMs)}`,
          observed: `${reaped ? 'a zombie' : 'still a zombie'} ${long}`,
          evidence,
        };
      }
    }
  },
});

type Orphan = Placed<EventOf<'orphan'>>;

function orphan(recording: Recording, state: Orphan['event']['state']): Orphan | undefined {
  return ofFirstInstance(recording, 'orphan').find(({ event }) => event.state === state);
}

const span = ({ event }: Orphan) => ({ minMs: event.beforeMs, maxMs: event.atMs });
