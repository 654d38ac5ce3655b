import { wrapperOf } from '../../../harness/contract/delivery.js';
import type { EventOf } from '../../../harness/recording/events.js';
import type { Recording } from '../../../harness/recording/recording.js';
import { endInWords, isAccepted, ownExit, rootPid, sinceStop } from '../../facts/exits.js';
import { noStop, notApplicable, pass, places, untested } from '../../facts/judgements.js';
import { isSameSituation } from '../../facts/same-situation.js';
import { firstStop, ofFirstInstance, type Placed, type Stop } from '../../facts/stop.js';
import { between, inWords, window } from '../../facts/time.js';
import { processInWords } from '../../facts/tree.js';
import {
  parentOf,
  processEnd,
  seenProcess,
  wrappedServer,
  wrapperBecameServer,
  wrapperInWords,
} from '../../facts/wrapped.js';
import { judgeOne } from '../../judge.js';
import { type Judgement, requirement } from '../../requirement.js';
import { deadlineHolds } from '../deadline/holds.js';
import { treeNoOrphans } from '../tree/no-orphans.js';

type Wrapped = Placed<EventOf<'wrapped'>>;
type Asked = Placed<EventOf<'past-wrapper'>>;

/** `wrapper.forwards`: a signal to what has started the server ends the server. */
export const wrapperForwards = requirement({
  id: 'wrapper.forwards',
  level: 'MUST',
  since: 2026,
  statement:
    'Started through a wrapper (sh -c, a package runner), the server itself is ended by a stop signal to the wrapper alone.',
  because:
    'A container or a service manager knows one process, the one that it has started. Where that is a wrapper that keeps the signal or dies of it, the server is never asked to stop: its clients are cut off by SIGKILL, or it lives on with the port.',
  remedy: {
    general:
      'Start the server itself and not the wrapper: CMD ["node", "server.js"] in a Dockerfile, ExecStart=/usr/bin/node server.js in a unit. Where a script must come first, let its last command be `exec node server.js`. An init that signals the whole group helps too (dumb-init, tini -g); docker run --init does not, it knows only its child.',
    node: 'npm start, yarn start and pnpm start are for people: start `node server.js`. If it has to be the script, write "start": "exec node server.js", so that no shell stays between; npm, pnpm and yarn then pass SIGTERM on, and still not SIGHUP.',
    python:
      'Start it as ["python", "-m", "server"], without a shell; in a script write `exec python -m server`.',
    shell:
      'Write `exec` before the last command. dash does not do that by itself in `sh -c`, bash does: what works where sh is bash fails on Debian, Ubuntu and in their images.',
  },
  sources: ['npm/npm#4603', 'yarnpkg/berry#991', 'dash(1)', 'docker run --init'],
  comparesRuns: true,
  notApplicable: ({ run }) =>
    wrapperOf(run.delivery) === undefined ? 'the target was not started through a wrapper' : undefined,
  judge(recording, siblings: readonly Recording[]): Judgement {
    const stop = firstStop(recording);
    const wrapped = wrappedServer(recording);
    if (!wrapped) return untested('the wrapper was not seen to start the server');
    if (!stop) return noStop;
    const name = wrapperInWords(wrapped.event);
    if (wrapperBecameServer(recording))
      return pass(`${name} became the server by exec: a signal to it is one to the server.`, [wrapped.index]);
    const [asked] = ofFirstInstance(recording, 'past-wrapper');
    const end = processEnd(recording, wrapped.event.pid);
    if (asked === undefined) {
      return end
        ? pass(forwarded(recording, stop, name, end.event), places(stop, ownExit(recording), end))
        : untested('the end of the server was not seen', places(stop));
    }
    const plain = siblings.find(
      (other) => other.run.delivery === 'process' && isSameSituation(recording, other),
    );
    if (plain && [deadlineHolds, treeNoOrphans].some((other) => fails(other, plain, siblings)))
      return notApplicable(`it does not stop in time in ${plain.run.id} either, which judges that`);
    if (end === undefined && plain === undefined) {
      const what = `the server did not stop by a ${stop.event.signal} of its own either`;
      return untested(`${what}: nothing shows whether the first one had reached it`, places(stop, asked));
    }
    return lost(recording, { stop, wrapped, asked, end, known: plain !== undefined });
  },
});

function fails(
  other: typeof deadlineHolds | typeof treeNoOrphans,
  plain: Recording,
  siblings: readonly Recording[],
): boolean {
  return judgeOne(other, plain, siblings).outcome === 'fail';
}

function forwarded(
  recording: Recording,
  stop: Stop,
  name: string,
  end: EventOf<'process'> | EventOf<'gone'>,
): string {
  const { signal } = stop.event;
  const elapsed = inWords(between(stop.delivered, window(recording, end)));
  const exit = ownExit(recording);
  const status =
    exit === undefined || isAccepted(recording, exit)
      ? ''
      : `; its own end was ${endInWords(exit.event)}, which is not the server's`;
  return `${name} passed ${signal} on: the server had ended ${elapsed} after it${status}.`;
}

interface Lost {
  readonly stop: Stop;
  readonly wrapped: Wrapped;
  readonly asked: Asked;
  readonly end: ReturnType<typeof processEnd>;
  /** A run shows that the same signal stops the server when it goes to the server. */
  readonly known: boolean;
}

function lost(recording: Recording, { stop, wrapped, asked, end, known }: Lost): Judgement {
  const { signal } = stop.event;
  const name = wrapperInWords(wrapped.event);
  const { pid } = wrapped.event;
  const server = processInWords({ pid, command: seenProcess(recording, pid)?.command ?? '' });
  const exit = ownExit(recording);
  const died = exit && exit.event.atMs <= asked.event.beforeMs ? exit : undefined;
  const elapsed = died && sinceStop(recording, died);
  const what =
    died && elapsed
      ? `${name} ended ${inWords(elapsed)} after ${signal} (${endInWords(died.event)}), and left the server running: ${server}`
      : `${name} lived on after ${signal}, and so did the server: ${server}`;
  const never = known && end !== undefined ? ', which never got the signal' : '';
  return {
    outcome: 'fail',
    message: `${what}${never}. ${proof(recording, asked, end)}${whoStoodBetween(recording, wrapped)}`,
    expected: `the server ended by ${signal} to ${wrapped.event.wrapper} alone`,
    observed: died ? `${wrapped.event.wrapper} ended, the server lived on` : 'both lived on',
    evidence: places(wrapped, stop, died, asked, end),
  };
}

function proof(recording: Recording, { event }: Asked, end: Lost['end']): string {
  if (end === undefined) return `It lived on after a ${event.signal} of its own too.`;
  const elapsed = between({ minMs: event.beforeMs, maxMs: event.atMs }, window(recording, end.event));
  return `Sent ${event.signal} itself, it ended after ${inWords(elapsed)}.`;
}

/** Who stood between the wrapper and the server, where somebody did: mostly the shell that runs the script. */
function whoStoodBetween(recording: Recording, { event }: Wrapped): string {
  const parent = parentOf(recording, event.pid);
  const seen = parent === undefined ? undefined : seenProcess(recording, parent);
  if (parent === rootPid(recording) || seen === undefined) return '';
  return ` Between them was ${processInWords(seen)}: \`exec\` in the script takes it away.`;
}
