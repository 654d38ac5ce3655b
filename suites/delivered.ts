import { type Delivery, deliverable, wrapperOf } from '../harness/contract/delivery.js';
import type { SignalName } from '../harness/contract/signal-name.js';
import type { PlanSettings } from '../harness/options/settings.js';
import type { Candidate } from './candidates.js';
import type { Possibilities, Scenario } from './scenario.js';

/** What of another delivery is in the plan: none, all, or what the scenario shows that says most of this target. */
type Usual = 'none' | 'all' | 'shown' | 'shown once';

/**
 * What is different with another delivery, one run shows; so the usual plan has one. Nothing is usual about wrappers, since
 * a shell that loses signals loses those of every server: where they are asked for, one scenario with each stop signal
 * shows what they do with it. Nor about a terminal that is closed, which crashes a runtime by no fault of the target's.
 */
function usualOf(delivery: Delivery, { deliveries, full }: PlanSettings): Usual {
  const asked = deliveries !== undefined;
  if (wrapperOf(delivery)) return asked ? (full ? 'all' : 'shown') : 'none';
  if (delivery === 'hangup') return asked ? 'all' : 'none';
  return asked || full ? 'all' : 'shown once';
}

/** The core scenarios with another delivery, and what is about that one alone. */
export function delivered<On>(
  delivery: Delivery,
  scenarios: readonly Scenario<On>[],
  possibilities: Possibilities,
  settings: PlanSettings,
): Candidate<On>[] {
  const usual = usualOf(delivery, settings);
  const ways = deliverable(delivery, possibilities.contract.stopSignals);
  const core = scenarios.filter((script) =>
    delivery === 'hangup'
      ? canHangUp(script, possibilities)
      : script.core && !script.early && script.signals === undefined,
  );
  const own = scenarios.filter(({ deliveries }) => deliveries?.includes(delivery));
  const most = core
    .filter(({ impossible }) => impossible?.(possibilities, ways[0] ?? null) === undefined)
    .toSorted((one, other) => (other.showsDelivery ?? 0) - (one.showsDelivery ?? 0))[0];
  const shows = most?.showsDelivery === undefined ? undefined : most;
  return [...core, ...own].flatMap((script) =>
    (script.deliveries ? ways.slice(0, 1) : ways).map((signal, index) => ({
      id: `${script.id}/${signal}+${delivery}`,
      script,
      signal,
      delivery,
      usual:
        usual === 'all' ||
        (script === shows && (usual === 'shown' || (usual === 'shown once' && index === 0))),
    })),
  );
}

/** The kernel lets a frozen tree go on when its terminal hangs up, so nothing is played that may freeze it. */
function canHangUp<On>({ showsDelivery, signals }: Scenario<On>, { contract }: Possibilities): boolean {
  if (showsDelivery === undefined) return false;
  const own: readonly (SignalName | null)[] = signals?.(contract) ?? contract.stopSignals;
  return own.includes('SIGHUP');
}

/**
 * Only beside the same run without a wrapper can it be told which of the two did not heed a signal: where plain runs were
 * not asked for, those are played.
 */
export function comparisons<On>(
  candidates: readonly Candidate<On>[],
  plain: readonly Candidate<On>[],
  { lacking }: Possibilities,
): Candidate<On>[] {
  const wrapped = candidates.filter(
    ({ delivery, usual }) => usual && wrapperOf(delivery) && lacking?.[delivery] === undefined,
  );
  return plain
    .filter(({ script, signal }) => wrapped.some((one) => one.script === script && one.signal === signal))
    .map((candidate) => ({ ...candidate, usual: true }));
}
