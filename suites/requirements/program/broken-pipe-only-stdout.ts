import { endInWords, ownExit } from '../../facts/exits.js';
import { notApplicable, pass, places, untested } from '../../facts/judgements.js';
import { all, endedByHarness, firstStop } from '../../facts/stop.js';
import { between, inWords, window } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';
import { hasNoticed } from '../../scenarios/program/peer-gone.js';

/** `program.broken-pipe-only-stdout`: the peer of a socket that leaves does not kill it by SIGPIPE. */
export const programBrokenPipeOnlyStdout = requirement({
  id: 'program.broken-pipe-only-stdout',
  level: 'SHOULD',
  since: 2026,
  of: ['program'],
  statement: 'A program that also has sockets does not die by SIGPIPE when the peer of one of them leaves.',
  because:
    'The default action of SIGPIPE suits a filter that lost its reader. For a program with sockets it means that any peer can end it, at any time, without a word in its log.',
  remedy: {
    general:
      'Write to sockets with MSG_NOSIGNAL (or SO_NOSIGPIPE), or ignore SIGPIPE and end at an EPIPE of standard output only.',
    node: "Node ignores SIGPIPE; give every socket an 'error' listener.",
    python:
      'Python ignores SIGPIPE: do not undo that with signal.signal(SIGPIPE, SIG_DFL) in a program that has sockets; catch BrokenPipeError around what prints.',
    go: 'Go tells the two apart by itself: only file descriptors 1 and 2 raise SIGPIPE. signal.Reset(syscall.SIGPIPE) changes nothing about it.',
    jvm: 'The JVM ignores SIGPIPE; native code must not set it back to its default action.',
    shell: 'What a script starts with sockets (nc, socat) may die by SIGPIPE: look at its status.',
  },
  sources: ['bitcoinecho/bitcoin-echo#22', 'z-galaxy/zbus#1657', 'send(2), MSG_NOSIGNAL'],
  needsStop: false,
  notApplicable: ({ run }) =>
    run.scenario === 'peer-gone' ? undefined : 'no peer of a socket left in this run',
  judge(recording): Judgement {
    const [left] = all(recording, 'left');
    if (!left) return untested('no peer was seen to leave');
    const exit = ownExit(recording);
    const stop = firstStop(recording);
    if (exit?.event.signal === 'SIGPIPE') {
      return {
        outcome: 'fail',
        message: `The program died by SIGPIPE, ${inWords(between(window(recording, left.event), window(recording, exit.event)))} after the peer of a socket had left.`,
        expected: 'a program that lives on',
        observed: endInWords(exit.event),
        evidence: places(left, exit),
      };
    }
    if (exit && (!stop || exit.event.atMs < stop.event.beforeMs))
      return notApplicable(
        `after its peer had left it ended with ${endInWords(exit.event)}, and not by SIGPIPE`,
      );
    const noticed = all(recording, 'moment').find(({ event }) => event.moment === hasNoticed);
    if (!noticed)
      return notApplicable('it kept the socket of a peer that had left: that it wrote to it was not seen');
    const later = stop ?? endedByHarness(recording);
    if (!later) return untested('that it lived on was not seen', places(left));
    return pass('The peer of a socket left, and the program lived on.', places(left, noticed, later));
  },
});
