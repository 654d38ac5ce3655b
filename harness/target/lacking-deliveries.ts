import type { TargetKind } from '../contract/contract.js';
import { type Delivery, wrapperDeliveries, wrapperOf } from '../contract/delivery.js';
import type { PlanSettings } from '../options/settings.js';
import { whyNoTerminal } from '../process/launch-in-terminal.js';
import { whyNoPid1 } from '../process/pid1-way.js';
import { findWrapper } from '../wrapper/find-wrapper.js';

/** In which ways signals cannot arrive on this machine, and why. */
export type Lacking = Readonly<Partial<Record<Delivery, string>>>;

/**
 * Looks for what a delivery needs, for targets of a kind that knows them. Wrappers are looked for only where the plan may
 * have them, since asking all of them who they are takes a second. `env` is what the target has beside the environment of the harness.
 */
export async function lackingDeliveries(
  kind: TargetKind,
  plan: Pick<PlanSettings, 'deliveries' | 'only'> = { deliveries: [], only: [] },
  env: Readonly<Record<string, string>> = {},
): Promise<Lacking> {
  if (kind !== 'server') return {};
  const [terminal, pid1] = await Promise.all([whyNoTerminal(), whyNoPid1()]);
  const found = await Promise.all(
    wrapperDeliveries.map(async (delivery) => {
      const wrapper = wrapperOf(delivery);
      const reason = wrapper && mayName(plan, delivery) ? await findWrapper(wrapper, env) : undefined;
      return typeof reason === 'string' ? [[delivery, reason]] : [];
    }),
  );
  return {
    ...(terminal === undefined ? {} : { terminal, hangup: terminal }),
    ...(pid1 === undefined ? {} : { pid1 }),
    ...Object.fromEntries(found.flat()),
  };
}

/** A run of a wrapper is played where its delivery was asked for, or where a pattern names the run itself. */
function mayName(
  { deliveries, only }: Pick<PlanSettings, 'deliveries' | 'only'>,
  delivery: Delivery,
): boolean {
  return deliveries?.includes(delivery) ?? only.some((pattern) => pattern.includes('+'));
}
