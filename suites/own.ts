import type { TargetKind } from '../harness/contract/contract.js';
import type { Stage } from '../harness/stage/stage.js';
import type { Requirement } from './requirement.js';
import type { Scenario } from './scenario.js';

/** A requirement that is not in the package. Its id is `<area>.<name>`, and the area is none of the built-in ones. */
export interface OwnRequirement extends Omit<Requirement, 'sources' | 'since'> {
  /** The year from which on it is demanded, as for `--edition`. Default: the first edition. */
  readonly since?: number;
  /** Where the demand comes from. Default: nowhere. */
  readonly sources?: readonly string[];
}

/** The parts of a scenario that are kept stable for others. */
type Parts =
  | 'title'
  | 'signals'
  | 'thenSignals'
  | 'core'
  | 'early'
  | 'deadlineMs'
  | 'impossible'
  | 'expectedMs'
  | 'play';

/** A scenario that is not in the package. Its id is `<area>.<name>` like that of a requirement: `my.second-client`. */
export interface OwnScenario<On = Stage> extends Pick<Scenario<On>, Parts> {
  readonly id: `${string}.${string}`;
  /** Of which kinds of target it is. Default: servers. */
  readonly of?: readonly TargetKind[];
}

/** What a module of `--suite` exports: at least one of the two lists, with something in it. */
export interface OwnSuite {
  readonly requirements?: readonly OwnRequirement[];
  // biome-ignore lint/suspicious/noExplicitAny: a list may hold scenarios for several stages
  readonly scenarios?: readonly OwnScenario<any>[];
}
