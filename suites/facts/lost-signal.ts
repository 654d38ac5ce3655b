import { wrapperOf } from '../../harness/contract/delivery.js';
import type { Recording } from '../../harness/recording/recording.js';
import { endedByHarness, firstStop } from './stop.js';
import { wrapperBecameServer } from './wrapped.js';

/**
 * Whether the suspension, and not what else was played, may be why the stop signal had no effect. A signal to a process
 * goes to its main thread if that can take it (signal(7)); of one that is pending when a process continues, whichever
 * thread runs first takes it. CPython's main thread in `Event.wait()` or `join()` is then not woken, and its handler never
 * runs: a server that stops whenever it was not suspended is not at fault for a moment that the harness made.
 */
export function mayBeLostToSuspension(recording: Recording, siblings: readonly Recording[]): boolean {
  const stop = firstStop(recording);
  // The scenario that is about this is judged by survive.stopped.
  if (!stop || recording.run.scenario === 'stopped' || !endedByHarness(recording)) return false;
  // Behind a wrapper the signal comes when all of it runs again.
  if (wrapperOf(recording.run.delivery) !== undefined && !wrapperBecameServer(recording)) return false;
  const wasSuspended = stop.delivered.minMs > stop.event.atMs;
  const others = siblings.filter(
    ({ run }) =>
      run.signal === recording.run.signal && (run.scenario === 'idle' || run.scenario === 'idle-clients'),
  );
  return wasSuspended && others.length > 0 && others.every((other) => !endedByHarness(other));
}
