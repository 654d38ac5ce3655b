import { nowMs } from '../clock.js';
import type { Session } from '../session.js';
import type { Address, Surveyed } from '../survey/surveyed.js';
import { AddressWatch } from '../target/address-watch.js';
import type { Instance } from '../target/instance.js';
import { poll } from './poll.js';
import type { StartSpan } from './start-grid.js';

export interface StartSpanOptions {
  readonly session: Session;
  readonly survey: Surveyed;
  readonly address: Address;
}

/**
 * Watches a target that has just executed its program until it listens; how long that took, and when all stop signals
 * that it handles were handled.
 *
 * @throws MomentMissed when it does not come to listen
 */
export async function watchStart(instance: Instance, options: StartSpanOptions): Promise<StartSpan> {
  const { session, survey, address } = options;
  const { system, target } = session;
  const fromMs = nowMs();
  const watch = new AddressWatch(instance, system, address, survey.ports === 'random', target.cwd);
  let handlerMs: number | undefined;
  const look = () => {
    const elapsedMs = nowMs() - fromMs;
    if (handlerMs === undefined && handlesAll(instance, options)) handlerMs = elapsedMs;
    if (survey.contract.protocol === 'none') return elapsedMs >= survey.startMs;
    return watch.look() !== undefined;
  };
  const hopeless = () => (instance.exit ? 'the target has ended before' : undefined);
  const { startupTimeoutMs: timeoutMs } = target;
  await poll(look, { moment: 'a start is measured', timeoutMs, intervalMs: 1, hopeless });
  return { spanMs: nowMs() - fromMs, ...(handlerMs === undefined ? {} : { handlerMs }) };
}

/**
 * All stop signals that the target handles once it serves are handled.
 *
 * @throws MomentMissed when that is not seen in time
 */
export async function awaitHandlers(instance: Instance, options: StartSpanOptions): Promise<void> {
  const hopeless = () => (instance.exit ? 'the target has ended before' : undefined);
  const { startupTimeoutMs: timeoutMs } = options.session.target;
  const moment = 'its handlers are installed';
  await poll(() => handlesAll(instance, options), { moment, timeoutMs, intervalMs: 1, hopeless });
}

function handlesAll(instance: Instance, { session, survey }: StartSpanOptions): boolean {
  const expected = survey.contract.stopSignals.filter((signal) => survey.handled.includes(signal));
  const masks = session.system.dispositions(instance.launched.pid);
  if (masks === undefined || expected.length === 0) return false;
  return expected.every((signal) => masks.caught.includes(signal) || masks.blocked.includes(signal));
}
