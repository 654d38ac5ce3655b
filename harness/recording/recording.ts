import type { Contract } from '../contract/contract.js';
import type { SignalName } from '../contract/signal-name.js';
import type { RecordingEvent } from './events.js';

/** Which run it was: one scenario × one signal × one delivery. */
export interface RunIdentity {
  /** `<scenario>/<signal>`, with `+<delivery>` when it is not a plain signal to the process. */
  readonly id: string;
  readonly scenario: string;
  readonly signal: SignalName;
  readonly delivery: 'process';
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
}

/** The facts of one run: plain, JSON-serialisable, causes before effects (acts by `beforeMs`, observations by `atMs`). */
export interface Recording {
  readonly schema: 'signal-conformance/recording/1';
  readonly run: RunIdentity;
  readonly contract: Contract;
  readonly survey: SurveyFacts;
  readonly events: readonly RecordingEvent[];
}
