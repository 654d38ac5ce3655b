import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { ofFirstInstance, type Placed } from './stop.js';

/** Why a run with an early signal says nothing good of a tree: which children it had by then, and which were seen, is chance. */
export const stillStarting =
  'the target was still starting, and no child of it was seen that should not be there';

/**
 * What was seen of the server's own tree. A command may be a script that sets things up and then becomes the server (a
 * version manager's shim), and a start-up may need helpers: these come and go, and whether a look falls into their
 * short lives is chance. So a process counts only where it was seen once the target was ready; in a run whose signal
 * comes before that, once the root was seen to execute the program that serves.
 */
export function serverProcesses(recording: Recording): Placed<EventOf<'process'>>[] {
  const changes = ofFirstInstance(recording, 'process');
  const fromMs = servesFromMs(recording);
  const last = new Map(changes.map(({ event }) => [event.pid, event]));
  return changes.filter(({ event: { pid } }) => {
    const end = last.get(pid);
    // Where it was not seen to go, it was there at every look.
    return end?.state !== 'gone' || end.sinceMs >= fromMs;
  });
}

function servesFromMs(recording: Recording): number {
  const [ready] = ofFirstInstance(recording, 'ready');
  const [executed] = ofFirstInstance(recording, 'executed');
  // Programs whose output is closed from the beginning are never seen to be ready: what stays is theirs.
  const otherwiseMs = recording.kind === 'program' ? Number.POSITIVE_INFINITY : 0;
  return (ready ?? executed)?.event.atMs ?? otherwiseMs;
}
