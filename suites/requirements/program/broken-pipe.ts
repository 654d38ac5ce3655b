import type { EventOf } from '../../../harness/recording/events.js';
import type { Recording } from '../../../harness/recording/recording.js';
import { endInWords, ownExit } from '../../facts/exits.js';
import { notApplicable, pass, places, untested } from '../../facts/judgements.js';
import { endedByHarness, ofFirstInstance, type Placed } from '../../facts/stop.js';
import { between, duration, inWords, isAtLeast, window } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';
import { findTraceback } from '../output/find-traceback.js';

/** 128 + SIGPIPE: how a shell script reports what its child died by. */
const shellsSigpipe = 141;

/** `program.broken-pipe`: it ends by itself when nobody reads its output any more. */
export const programBrokenPipe = requirement({
  id: 'program.broken-pipe',
  level: 'MUST',
  since: 2026,
  of: ['program'],
  statement:
    'When its standard output is closed early, as by head -1, the program ends by itself: by SIGPIPE, or with status 0 or 1, and without a traceback.',
  because:
    'In a pipeline the reader may stop at any time. A program that goes on computes for nobody, perhaps for ever; one that prints a traceback spoils the terminal of whoever only wanted one line.',
  remedy: {
    general:
      'A filter keeps the default action of SIGPIPE and dies silently. Where SIGPIPE is ignored (because of sockets), check every write to standard output, and end quietly at EPIPE.',
    node: "Node ignores SIGPIPE: process.stdout.on('error', (error) => { if (error.code === 'EPIPE') process.exit(0); throw error; }) before the first write.",
    python:
      'Catch BrokenPipeError around the loop that prints; then os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()), so that the flush at exit does not fail as well (Python docs, signal: Note on SIGPIPE), and sys.exit(0).',
    go: 'Go dies by SIGPIPE at a failed write to file descriptor 1 or 2 unless SIGPIPE is given to signal.Notify: do not, or end at the error of the write.',
    jvm: 'System.out swallows errors: look at System.out.checkError() now and then, or write to a FileOutputStream and end at the IOException.',
    shell: "Leave SIGPIPE alone: trap '' PIPE makes every child inherit it ignored, and echo only complains.",
  },
  sources: [
    'python/cpython#90650',
    'Backblaze/B2_Command_Line_Tool#1071',
    'heroku/toolbelt#164',
    'pipe(7)',
    'signal(7), SIGPIPE',
    'Python docs, signal: Note on SIGPIPE',
    'pkg.go.dev/os/signal, SIGPIPE',
  ],
  needsStop: false,
  notApplicable: ({ run }) =>
    run.scenario.startsWith('pipe-') ? undefined : 'its output was read to the end in this run',
  judge(recording): Judgement {
    const [closed] = ofFirstInstance(recording, 'output-closed');
    if (!closed) return untested('its output was not closed in this run');
    const exit = ownExit(recording);
    if (exit && exit.event.atMs < closed.event.beforeMs)
      return notApplicable('it ended before its output was closed');
    return exit ? judgeExit(recording, closed, exit) : judgeLife(recording, closed);
  },
});

type Closed = Placed<EventOf<'output-closed'>>;

function judgeExit(recording: Recording, closed: Closed, exit: Placed<EventOf<'exit'>>): Judgement {
  const end = endInWords(exit.event);
  const evidence = places(closed, exit);
  const traceback = findTraceback(recording, { fromMs: closed.event.beforeMs });
  if (traceback) {
    return {
      outcome: 'fail',
      message: `When its output was closed the program wrote a ${traceback.runtime} traceback: ${traceback.quote}; it ended with ${end}.`,
      expected: 'a quiet end',
      observed: traceback.quote,
      evidence: [...new Set([closed.index, ...traceback.evidence, exit.index])],
    };
  }
  const { code, signal } = exit.event;
  const { exitStatus } = recording.contract;
  const after = inWords(between(window(recording, closed.event), window(recording, exit.event)));
  if (signal === 'SIGPIPE' || code === 0 || code === 1 || (code !== null && exitStatus.includes(code)))
    return pass(`It ended with ${end}, ${after} after its output was closed.`, evidence);
  const isShells = code === shellsSigpipe;
  return {
    outcome: 'fail',
    ...(isShells ? { level: 'SHOULD' as const } : {}),
    message: `The program ended with ${end}, ${after} after its output was closed.`,
    expected: `death by SIGPIPE, or exit status ${[...new Set([0, 1, ...exitStatus.filter((each) => each !== 'signal')])].join(' or ')}`,
    observed: end,
    evidence,
  };
}

/** It was still there when the harness ended it. */
function judgeLife(recording: Recording, closed: Closed): Judgement {
  const ended = endedByHarness(recording);
  const evidence = places(closed, ended);
  if (!ended) return untested('the end of the program was not seen', evidence);
  if (recording.survey.facts?.printsEveryMs === undefined) {
    return notApplicable(
      'it was not seen to print more than at its start: that it lives on without its output is its own affair',
    );
  }
  const elapsed = between(window(recording, closed.event), window(recording, ended.event));
  const { deadlineMs } = recording.contract;
  if (isAtLeast(elapsed, deadlineMs) !== 'yes')
    return untested(`the harness ended it ${inWords(elapsed)} after its output was closed`, evidence);
  const lived = duration(elapsed.minMs);
  return {
    outcome: 'fail',
    message: `The program went on for ${lived} after its output was closed, until the harness ended it.`,
    expected: 'an end at the first write that fails',
    observed: `still there after ${lived}`,
    evidence,
  };
}
