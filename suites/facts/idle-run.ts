import type { SignalName } from '../../harness/contract/signal-name.js';
import type { Recording } from '../../harness/recording/recording.js';
import { deadlineEnd } from './deadline-end.js';
import { idleRun } from './exits.js';
import { endedByHarness, firstStop } from './stop.js';

/** Whether the run `idle` shows that this stop signal alone does not end the target in time either. */
export function idleHadToBeEnded(siblings: readonly Recording[], signal: SignalName): boolean {
  const idle = idleRun(siblings, signal);
  const stop = idle && firstStop(idle);
  if (!idle || !stop) return false;
  return endedByHarness(idle) !== undefined || deadlineEnd(idle, stop).inTime === 'no';
}

/** Whether a run with idle clients, and without anything else, shows that this stop signal does not end the target. */
export function idleClientsHadToBeEnded(siblings: readonly Recording[], signal: SignalName): boolean {
  const same = siblings.filter(({ run }) => run.scenario === 'idle-clients' && run.signal === signal);
  return idleHadToBeEnded(siblings, signal) || same.some((each) => endedByHarness(each) !== undefined);
}
