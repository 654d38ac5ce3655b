/**
 * What a suite of one's own is written with: `import { requirement, scenario } from 'signal-conformance/suite'`. The
 * guide is docs/writing-a-suite.md. Everything here is part of the interface; what is elsewhere in `suites/` is not.
 */
import type { OwnRequirement, OwnScenario } from './own.js';

export type { Contract, TargetKind } from '../harness/contract/contract.js';
export type { SignalName } from '../harness/contract/signal-name.js';
export type { ClientRole, EventOf, EventType, RecordingEvent } from '../harness/recording/events.js';
export type { Recording, RunIdentity, SurveyFacts } from '../harness/recording/recording.js';
export type { ClientStage } from '../harness/stage/client-stage.js';
export type { PairStage } from '../harness/stage/pair-stage.js';
export type { ProgramStage } from '../harness/stage/program-stage.js';
export type { Stage } from '../harness/stage/stage.js';
export { type ClientView, clients, clientsAtStop, type Exchange } from './facts/clients.js';
export { type Finding, sumUp, type Wording } from './facts/findings.js';
export { fail, notApplicable, pass, places, straddling, untested } from './facts/judgements.js';
export { type OutputSpan, outputOf, type StreamText } from './facts/output.js';
export {
  all,
  endedByHarness,
  firstStop,
  ofFirstInstance,
  type Placed,
  rootExit,
  type Stop,
  stopSignals,
  treeGone,
} from './facts/stop.js';
export {
  between,
  type Certainty,
  duration,
  type Interval,
  inWords,
  isAtLeast,
  isAtMost,
  window,
} from './facts/time.js';
export type { OwnRequirement, OwnScenario, OwnSuite } from './own.js';
export type { Judgement, Level, Remedy } from './requirement.js';
export type { Possibilities } from './scenario.js';

/**
 * A requirement of one's own. Returns what it is given; the compiler checks the shape, and keeps the literal types.
 *
 * Its judge is a pure function of recordings: it is given frozen copies. One that throws, or returns something else than
 * a judgement, leaves its verdict `untested`: a fault of the suite is none of the target's, and never a pass.
 */
export function requirement<const Given extends OwnRequirement>(given: Given): Given {
  return given;
}

/**
 * A scenario of one's own, for servers where `of` does not say otherwise. Returns what it is given.
 *
 * A script that throws, that ends before what it has begun (an `await` is missing), or that does not end, leaves all
 * verdicts of its run `untested`.
 */
export function scenario<On = import('../harness/stage/stage.js').Stage>(
  given: OwnScenario<On>,
): OwnScenario<On> {
  return given;
}
