import type { Contract, TargetKind } from '../contract/contract.js';
import type { Delivery } from '../contract/delivery.js';
import type { SignalName } from '../contract/signal-name.js';
import type { ProgramFacts } from '../survey/program-facts.js';
import type { RecordingEvent } from './events.js';

/** Which run it was: one scenario × one signal × one delivery. */
export interface RunIdentity {
  /** `<scenario>/<signal>`, with `+<delivery>` when it is not a plain signal to the process; `<scenario>` without a signal. */
  readonly id: string;
  readonly scenario: string;
  /** Null where the run is about something else than a signal (a connection that ends, a closed pipe). */
  readonly signal: SignalName | null;
  /** The other signal that follows, where one does: the id then ends with `-<signal>`. */
  readonly thenSignal?: SignalName;
  /** At which place of the start-up the signal comes, where it comes at many: the id then ends with `-<place>`. */
  readonly place?: number;
  /** When exactly that was in the play that is to be confirmed, in milliseconds since its program was executed, or since its handlers were seen. */
  readonly placeAt?: { readonly offsetMs: number; readonly sinceHandlerMs?: number };
  readonly delivery: Delivery;
  /** The promise that the target was told in this run, where it is not that of the others; in milliseconds. */
  readonly deadlineMs?: number;
  /** The signal was sent before the target was ready. */
  readonly early: boolean;
}

/** What judges need to know of the survey. */
export interface SurveyFacts {
  /** From spawn to ready, in milliseconds. */
  readonly startMs: number;
  /** A second exchange on the same connection is answered: the target has idle clients. */
  readonly persistent: boolean;
  /** Signals that some process of the tree caught or blocked once it served. */
  readonly handled: readonly SignalName[];
  /** Programs. */
  readonly facts?: ProgramFacts | undefined;
}

/** The facts of one run: plain, JSON-serialisable, causes before effects (acts by `beforeMs`, observations by `atMs`). */
export interface Recording {
  readonly schema: 'signal-conformance/recording/1';
  /** What was under test; servers where it is missing. */
  readonly kind?: TargetKind;
  readonly run: RunIdentity;
  readonly contract: Contract;
  readonly survey: SurveyFacts;
  readonly events: readonly RecordingEvent[];
}
