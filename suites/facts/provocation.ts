import type { Recording } from '../../harness/recording/recording.js';
import { ownExit } from './exits.js';
import { all, firstStop, ofFirstInstance, type Placed } from './stop.js';

/** Something that a scenario did to the target and that should not have ended it. */
export interface Provocation {
  readonly act: Placed;
  /** The requirement that says what the target should have done. */
  readonly requirement: string;
}

/** What the scenario did before any stop signal, where that is the point of the scenario. */
export function provocation(recording: Recording): Provocation | undefined {
  const { ignoreSignals, reloadSignals } = recording.contract;
  switch (recording.run.scenario) {
    case 'vanished-client':
      return asked('survive.client-reset', resets(recording)[0]);
    case 'ignored-signal':
      return asked('survive.ignored', signalOf(recording, ignoreSignals));
    case 'hangup':
      return asked('survive.undeclared-hangup', signalOf(recording, ['SIGHUP']));
    case 'reload-under-load':
      return asked('reload.serves', signalOf(recording, reloadSignals));
    default:
      return undefined;
  }
}

function asked(requirement: string, act: Placed | undefined): Provocation | undefined {
  return act && { act, requirement };
}

/** The resets by clients that vanish in mid-exchange, in order. */
export function resets(recording: Recording) {
  const vanishing = new Set(
    all(recording, 'connected').flatMap(({ event }) => (event.role === 'vanishing' ? [event.client] : [])),
  );
  return all(recording, 'left').filter(({ event }) => event.how === 'rst' && vanishing.has(event.client));
}

/** The first of the given signals that the first instance was sent. */
export function signalOf(recording: Recording, signals: readonly string[]) {
  return ofFirstInstance(recording, 'signal').find(
    ({ event }) => event.error === undefined && signals.includes(event.signal),
  );
}

/** The exit of the root by itself, after `act` and before any stop signal: nobody had asked for it. */
export function unaskedExit(recording: Recording, act: Placed) {
  const exit = ownExit(recording);
  if (!exit || exit.event.atMs < actedAtMs(act)) return undefined;
  const stop = firstStop(recording);
  return !stop || exit.event.atMs <= stop.event.beforeMs ? exit : undefined;
}

/** The requirement that judges why the target went down before its stop signal, where the scenario provoked that. */
export function goingDownIsJudgedBy(recording: Recording): string | undefined {
  const provoked = provocation(recording);
  return provoked && unaskedExit(recording, provoked.act) ? provoked.requirement : undefined;
}

function actedAtMs({ event }: Placed): number {
  return 'beforeMs' in event ? event.beforeMs : event.atMs;
}
