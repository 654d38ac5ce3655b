import type { Contract, Protocol, TargetKind } from '../harness/contract/contract.js';
import type { Delivery } from '../harness/contract/delivery.js';
import type { SignalName } from '../harness/contract/signal-name.js';
import type { RecordingEvent } from '../harness/recording/events.js';
import type { SurveyFacts } from '../harness/recording/recording.js';
import type { ProgramFacts } from '../harness/survey/program-facts.js';
import type { Level } from '../suites/requirement.js';

/** The one outcome of a report; the exit status follows from it. */
export type Outcome = 'conformant' | 'nonconformant' | 'untested' | 'interrupted';
export type VerdictOutcome = 'pass' | 'fail' | 'untested' | 'not-applicable';

/** All verdicts, the runs behind them, and one outcome. Plain data: this is the JSON report itself. */
export interface Report {
  readonly schema: 'signal-conformance/report/1';
  /** Version of signal-conformance. */
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly target: {
    /** What was under test: `server`, `client`, `program`, or `pair`. */
    readonly kind: TargetKind;
    /** Its name in the configuration file; missing where it has none. */
    readonly name?: string;
    readonly command: readonly string[];
    /** Of a pair: the client's command; `command` is the server's. */
    readonly client?: readonly string[];
    readonly protocol: Protocol;
    readonly contract: Contract;
  };
  readonly survey: ReportSurvey;
  /** Where this is a part of a suite that is played on several machines. */
  readonly shard?: ReportShard;
  /** The requirements that were judged, where some were left out (`--only`, `--skip`, `--sweep`). Default: all of its kind. */
  readonly judged?: readonly string[];
  /**
   * Whether all was planned: false where options left something out (`--only`, `--skip`, `--sweep`, `--delivery`). A shard
   * is a part of that plan. Missing where it is not known: in reports on single recordings, and of versions that did not
   * write it.
   */
  readonly wholePlan?: boolean;
  readonly outcome: Outcome;
  /** Why the outcome is what it is, where no verdict says it (the target did not start, an interruption). */
  readonly reason?: string;
  /** The last lines that a target wrote which could not be tested. */
  readonly output?: readonly string[];
  readonly summary: Summary;
  readonly runs: readonly ReportRun[];
  /** Scenarios that were planned away, with the reason. */
  readonly notPlayed: readonly { readonly id: string; readonly reason: string }[];
  readonly verdicts: readonly Verdict[];
  /** Things that a reader should know of how this was tested (serial because the port is fixed, …). */
  readonly remarks: readonly string[];
}

export interface ReportSurvey {
  readonly startMs: number;
  readonly cores: number;
  readonly honoursPort: boolean;
  readonly addresses: readonly string[];
  readonly handled: readonly SignalName[];
  readonly persistent: boolean;
  /** Programs: what every run waits for, and what judges expect. */
  readonly facts?: ProgramFacts;
}

/** Which part of a suite a report has, and what the whole is: so that what is missing is noticed. */
export interface ReportShard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
  /** All runs of the suite, in the order of the plan; missing where the target could not be surveyed. */
  readonly planned?: readonly string[];
}

/** Counts of verdicts. `warn` is a failed SHOULD or MAY, and is not counted as `fail`. */
export interface Summary {
  readonly pass: number;
  readonly fail: number;
  readonly warn: number;
  readonly untested: number;
  readonly notApplicable: number;
}

export interface ReportRun {
  readonly id: string;
  readonly scenario: string;
  /** Null where the run was about something else than a signal. */
  readonly signal: SignalName | null;
  /** The other signal that followed, where one did. */
  readonly thenSignal?: SignalName;
  /** At which place of the start-up the signal came, where it comes at many. */
  readonly place?: number;
  /** How the signal travelled. Missing in reports of versions that did not write it. */
  readonly delivery?: Delivery;
  /** The signal was sent before the target was ready. Missing as `delivery` is. */
  readonly early?: boolean;
  /** The deadline that the target was told in this run, where it is not that of the contract. */
  readonly deadlineMs?: number;
  readonly durationMs: number;
  /** How the first instance ended; null when the harness ended it or it never started. `elapsedMs`: since the stop signal. */
  readonly exit: {
    readonly code: number | null;
    readonly signal: SignalName | null;
    readonly elapsedMs: number | null;
  } | null;
  /** What judges know of the survey, where that was another one than the report's (of another machine). */
  readonly survey?: SurveyFacts;
  readonly events: readonly RecordingEvent[];
}

export interface Verdict {
  /** `<requirement>@<run>` */
  readonly id: string;
  readonly requirement: string;
  readonly run: string;
  readonly level: Level;
  readonly outcome: VerdictOutcome;
  readonly message: string;
  readonly expected?: string;
  readonly observed?: string;
  /** The run that this one was compared with, where the failure lies in the difference. */
  readonly comparedWith?: string;
  /** Indexes into the run's events. */
  readonly evidence: readonly number[];
}
