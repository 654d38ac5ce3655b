import type { Contract } from '../../harness/contract/contract.js';
import type { SignalName } from '../../harness/contract/signal-name.js';
import type { PlanSettings } from '../../harness/options/settings.js';
import { planRuns } from '../plan.js';
import type { Possibilities, Scenario } from '../scenario.js';

export const contract = {
  deadlineMs: 2000,
  stopSignals: ['SIGTERM', 'SIGINT'] as SignalName[],
  reloadSignals: [] as SignalName[],
} as unknown as Contract;

export function fake(id: string, other: Partial<Scenario> = {}): Scenario {
  return { id, title: id, play: async () => {}, ...other };
}

export const scenarios = [
  fake('core', { core: true }),
  fake('early-a', { family: 'early', core: true, early: true, expectedMs: () => 100 }),
  fake('once', { expectedMs: ({ deadlineMs }) => deadlineMs * 2 }),
  fake('reload', { signals: ({ reloadSignals }) => reloadSignals, expectedMs: () => 300 }),
  fake('second', { signals: () => ['SIGINT'], expectedMs: () => 200 }),
];
export const requirementIds = ['stop.one', 'stop.two', 'notice.one'];

export function plan(
  settings: Partial<PlanSettings> = {},
  given = scenarios,
  promised = contract,
  lacking: Possibilities['lacking'] = {},
) {
  const usual = {
    clients: 3,
    only: [],
    skip: [],
    full: false,
    jobs: undefined,
    repeat: 1,
    sweep: [],
    signalTo: 'server' as const,
  };
  const possibilities = { contract: promised, survey: { persistent: true }, slowPath: undefined, lacking };
  return planRuns(
    given,
    requirementIds,
    { ...usual, ...settings },
    possibilities as unknown as Possibilities,
  );
}
export const ids = (...given: Parameters<typeof plan>) =>
  plan(...given)
    .runs.map(({ id }) => id)
    .sort();
export const judged = (settings: Partial<PlanSettings>) => requirementIds.filter(plan(settings).judges);

export const core = [
  'core/SIGINT',
  'core/SIGTERM',
  'early-a/SIGINT',
  'early-a/SIGTERM',
  'once/SIGTERM',
  'second/SIGINT',
];
