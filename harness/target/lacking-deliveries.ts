import type { TargetKind } from '../contract/contract.js';
import type { Delivery } from '../contract/delivery.js';
import { whyNoTerminal } from '../process/launch-in-terminal.js';

/** In which ways signals cannot arrive on this machine, and why. */
export type Lacking = Readonly<Partial<Record<Delivery, string>>>;

/** Looks for what a delivery needs, for targets of a kind that knows them. */
export async function lackingDeliveries(kind: TargetKind): Promise<Lacking> {
  const terminal = kind === 'server' ? await whyNoTerminal() : undefined;
  return terminal === undefined ? {} : { terminal };
}
