import type { Contract } from '../harness/contract/contract.js';
import type { Delivery } from '../harness/contract/delivery.js';
import type { SignalName } from '../harness/contract/signal-name.js';
import type { Stage } from '../harness/stage/stage.js';
import type { Surveyed } from '../harness/survey/surveyed.js';
import type { Lacking } from '../harness/target/lacking-deliveries.js';

/** What a plan knows when it decides whether a scenario can be played. */
export interface Possibilities {
  readonly contract: Contract;
  readonly survey: Surveyed;
  readonly slowPath: string | undefined;
  /** Why signals cannot arrive in some ways here. Default: they can in all. */
  readonly lacking?: Lacking;
  /** Of a pair: who is signalled. Default: the server. */
  readonly signalTo?: 'server' | 'client';
}

/** A script that plays one situation against a fresh instance of the target, on the stage for its kind. */
export interface Scenario<On = Stage> {
  readonly id: string;
  /** A name for several scenarios that belong together (`early`); patterns match it too. */
  readonly family?: string;
  readonly title: string;
  /** Which signals it is played with; default: the stop signals. `[null]`: none, it is about something else. */
  readonly signals?: (contract: Contract) => readonly SignalName[] | readonly [null];
  /** Signals that follow the first one: it is played once for each that is another. Default: none follows. */
  readonly thenSignals?: (contract: Contract) => readonly SignalName[];
  /** It is played at so many places of the start-up, one run each. Default: it has no places. */
  readonly places?: number;
  /** Played with each stop signal, not only with the first. Default: false. */
  readonly core?: boolean;
  /** Shows what a delivery does; the highest number that can be played does so in the usual plan. Default: it does not. */
  readonly showsDelivery?: number;
  /**
   * The deliveries that it is played with, because it is about them; with the most usual signal, and only where one of
   * them is asked for. Default: to the process, and where it is `core` in every way that is asked for.
   */
  readonly deliveries?: readonly Delivery[];
  /** The script starts the target itself, and signals it before it is ready. Default: false. */
  readonly early?: boolean;
  /** The deadline that the target is told for it, in milliseconds. Default: the promised one. */
  readonly deadlineMs?: (contract: Contract) => number;
  /** Why it cannot be played against this target; undefined where it can. */
  impossible?(possibilities: Possibilities, signal: SignalName | null): string | undefined;
  /** How long it takes once the target is ready, at worst, in milliseconds; for the order of the runs. */
  readonly expectedMs?: (contract: Contract) => number;
  play(stage: On): Promise<void>;
}

/** Identity function that checks the shape. */
export function scenario<On = Stage>(given: Scenario<On>): Scenario<On> {
  return given;
}
