import type { Requirement } from '../suites/requirement.js';
import type { Scenario } from '../suites/scenario.js';
import type { TargetKind } from './contract/contract.js';
import type { Settings } from './options/settings.js';
import type { Session } from './session.js';
import type { OpenStage } from './stage/play.js';
import type { Surveyed } from './survey/surveyed.js';

/** Calls `onStarted` when the target has been started: then there is time for other things. */
export type Survey = (session: Session, settings: Settings, onStarted?: () => void) => Promise<Surveyed>;

/** How targets of one kind are surveyed, staged and judged. Each part is loaded when it is needed. */
export interface Kind<On = unknown> {
  survey(): Promise<Survey>;
  play(): Promise<Suite<On>>;
}

/** What is played, where, and how it is judged. */
export interface Suite<On = unknown> {
  readonly openStage: OpenStage<On>;
  readonly scenarios: readonly Scenario<On>[];
  readonly requirements: readonly Requirement[];
  /** What a reader should know of how this was tested. */
  readonly remarks?: readonly string[];
}

export function kindOf(kind: TargetKind): Kind {
  return kinds[kind];
}

const kinds: Readonly<Record<TargetKind, Kind>> = {
  server: {
    survey: async () => (await import('./survey/survey.js')).survey,
    play: async () => ({
      openStage: (await import('./stage/server-stage.js')).openServerStage,
      scenarios: (await import('../suites/scenarios/server/all.js'))
        .serverScenarios as readonly Scenario<unknown>[],
      requirements: await requirementsOf('server'),
    }),
  },
  client: {
    survey: async () => (await import('./survey/client-survey.js')).surveyClient,
    play: async () => ({
      openStage: (await import('./stage/client-stage.js')).openClientStage,
      scenarios: (await import('../suites/scenarios/client/all.js'))
        .clientScenarios as readonly Scenario<unknown>[],
      requirements: await requirementsOf('client'),
    }),
  },
  program: {
    survey: async () => (await import('./survey/program-survey.js')).surveyProgram,
    play: async () => ({
      openStage: (await import('./stage/program-stage.js')).openProgramStage,
      scenarios: (await import('../suites/scenarios/program/all.js'))
        .programScenarios as readonly Scenario<unknown>[],
      requirements: await requirementsOf('program'),
    }),
  },
  pair: {
    survey: async () => (await import('./survey/pair-survey.js')).surveyPair,
    play: async () => ({
      openStage: (await import('./stage/pair-stage.js')).openPairStage,
      scenarios: (await import('../suites/scenarios/pair/all.js'))
        .pairScenarios as readonly Scenario<unknown>[],
      requirements: await requirementsOf('pair'),
    }),
  },
};

/** What is demanded of targets of a kind. */
export async function requirementsOf(kind: TargetKind): Promise<readonly Requirement[]> {
  const { allRequirements } = await import('../suites/requirements/all.js');
  // What is demanded of servers is demanded of the server of a pair.
  return allRequirements.filter(
    ({ of = ['server'] }) => of.includes(kind) || (kind === 'pair' && of.includes('server')),
  );
}
