import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { rootPid } from './exits.js';
import { endedByHarness, ofFirstInstance, type Placed, treeGone } from './stop.js';

/** `npm 11.19.1 (scripts are run by dash)`. */
export function wrapperInWords({
  wrapper,
  version,
  shell,
}: Pick<EventOf<'wrapped'>, 'wrapper' | 'version' | 'shell'>): string {
  const name = [wrapper, ...(version === undefined ? [] : [version])].join(' ');
  return shell === undefined ? name : `${name} (scripts are run by ${shell})`;
}

/** The server behind its wrapper, and through what it was started; undefined where no wrapper was seen to start it. */
export function wrappedServer(recording: Recording): Placed<EventOf<'wrapped'>> | undefined {
  return ofFirstInstance(recording, 'wrapped')[0];
}

/** The wrapper is no process beside the server: it has become the server by exec. */
export function wrapperBecameServer(recording: Recording): boolean {
  const wrapped = wrappedServer(recording);
  return wrapped !== undefined && wrapped.event.pid === rootPid(recording);
}

/** The end of one process, or of the whole tree with it, by whatever but the harness' SIGKILL. */
export function processEnd(
  recording: Recording,
  pid: number,
): Placed<EventOf<'process'>> | Placed<EventOf<'gone'>> | undefined {
  const ended = endedByHarness(recording)?.event.beforeMs ?? Number.POSITIVE_INFINITY;
  const own = ofFirstInstance(recording, 'process').find(
    ({ event }) => event.pid === pid && (event.state === 'gone' || event.state === 'zombie'),
  );
  const end = own ?? treeGone(recording);
  return end && end.event.atMs <= ended ? end : undefined;
}

/** What was last seen of one process of the tree, which may have executed several programs; the root is never among them. */
export function seenProcess(recording: Recording, pid: number): EventOf<'process'> | undefined {
  return sightings(recording, pid).at(-1);
}

/** Who has started a process: one whose parent ends gets another. */
export function parentOf(recording: Recording, pid: number): number | undefined {
  return sightings(recording, pid)[0]?.parentPid;
}

function sightings(recording: Recording, pid: number): EventOf<'process'>[] {
  return ofFirstInstance(recording, 'process').flatMap(({ event }) => (event.pid === pid ? [event] : []));
}
