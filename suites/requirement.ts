import type { TargetKind } from '../harness/contract/contract.js';
import type { Recording } from '../harness/recording/recording.js';

/** As in RFC 2119. A failed MUST fails the gate; a failed SHOULD or MAY is a warning. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** The first part of a requirement's id: `notice` for `notice.every-client`. */
export type Area =
  | 'stop'
  | 'deadline'
  | 'notice'
  | 'drain'
  | 'exit'
  | 'output'
  | 'tree'
  | 'release'
  | 'start'
  | 'survive'
  | 'repeat'
  | 'reload'
  | 'terminal'
  | 'wrapper'
  | 'pid1'
  | 'client'
  | 'program';

/** What a judge says of one recording. `evidence` holds indexes into the recording's events. */
export type Judgement =
  | { readonly outcome: 'pass'; readonly message: string; readonly evidence: readonly number[] }
  | {
      readonly outcome: 'fail';
      /** One sentence that says what the server did, with times. */
      readonly message: string;
      readonly expected: string;
      readonly observed: string;
      readonly evidence: readonly number[];
      /** Another run that this one was compared with: without it the failure cannot be seen again. */
      readonly comparedWith?: string;
      /** Set where this way to fail weighs less than the requirement itself. */
      readonly level?: Level;
    }
  | {
      readonly outcome: 'untested';
      readonly message: string;
      readonly evidence: readonly number[];
      /** The error bar straddles the bound, or a busy machine missed a moment: worth playing once more, alone. */
      readonly straddles?: boolean;
      /** Another run that this one was compared with: its error bar counts too. */
      readonly comparedWith?: string;
    }
  | { readonly outcome: 'not-applicable'; readonly message: string };

/** How to fix it, in general and where a runtime has its own way. */
export interface Remedy {
  readonly general: string;
  readonly node?: string;
  readonly python?: string;
  readonly go?: string;
  readonly jvm?: string;
  readonly shell?: string;
  /** Where a package runner is what was started: npm, yarn, pnpm. */
  readonly runner?: string;
}

/** A pure function from a recording to a verdict, and what people need to know about it. */
export interface Requirement {
  readonly id: `${string}.${string}`;
  readonly level: Level;
  /** The year of the edition in which it is demanded first: a gate of an older edition (`--edition`) does not ask for it. */
  readonly since: number;
  /** What it is demanded of. Default: servers. */
  readonly of?: readonly TargetKind[];
  readonly statement: string;
  readonly because: string;
  readonly remedy: Remedy;
  /** Where the demand comes from: RFC section, manual page, or a public issue as `owner/repository#number`. */
  readonly sources: readonly string[];
  /** True where it also judges runs whose signal came before the target was ready. Default: false. */
  readonly judgesEarly?: boolean;
  /** True where it needs the target's own end: not applicable when the harness had to end it. Default: false. */
  readonly needsOwnEnd?: boolean;
  /** True where it speaks of a stop: not applicable to runs without a stop signal. Default: true. */
  readonly needsStop?: boolean;
  /**
   * True where its failure says no more than `deadline.holds` does, if the signal has no effect on the target at all:
   * then it is not applicable. Default: false.
   */
  readonly needsEffect?: boolean;
  /** True where it compares runs: only then does its judge see more than one recording. Default: false. */
  readonly comparesRuns?: boolean;
  /** The reason why it does not apply to this recording; undefined where it applies. */
  notApplicable?(recording: Recording): string | undefined;
  /** `siblings` are all recordings of the report where it compares runs, and otherwise this one. */
  judge(recording: Recording, siblings: readonly Recording[]): Judgement;
}

/** A requirement of this package, and no other: its area is one of ours. */
export interface BuiltInRequirement extends Requirement {
  readonly id: `${Area}.${string}`;
}

/** The year of the first edition of the requirements. */
export const firstEdition = 2026;

/** Identity function that checks the shape and keeps the literal types. */
export function requirement<const Given extends Requirement>(given: Given): Given {
  return given;
}
