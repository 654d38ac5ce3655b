import { nowMs } from '../clock.js';
import type { Session } from '../session.js';
import type { Address, Surveyed } from '../survey/surveyed.js';
import { AddressWatch } from '../target/address-watch.js';
import type { Instance } from '../target/instance.js';
import { MomentMissed } from './moment-missed.js';
import { poll } from './poll.js';
import type { StartSpan } from './start-grid.js';

export interface StartSpanOptions {
  readonly session: Session;
  readonly survey: Surveyed;
  readonly address: Address;
}

/** So much of a start may have gone by unseen: a part of what was seen, and in milliseconds. */
const unseen = { part: 0.25, leastMs: 3 };

/** A start as it was watched. */
export interface WatchedStart extends StartSpan {
  /** False where the looks came too late: how long it really took is not known. */
  readonly isSeen: boolean;
}

/**
 * Watches a target that has just executed its program until it listens; how long that took, and when all stop signals
 * that it handles were handled. `notYetMs` is when it had not executed it yet.
 *
 * @throws MomentMissed when it does not come to listen
 */
export async function watchStart(
  instance: Instance,
  notYetMs: number,
  options: StartSpanOptions,
): Promise<WatchedStart> {
  const { session, survey, address } = options;
  const { system, target } = session;
  const fromMs = nowMs();
  const watch = new AddressWatch(instance, system, address, survey.ports === 'random', target.cwd);
  let handlerMs: number | undefined;
  let isSeen = false;
  const look = () => {
    const elapsedMs = nowMs() - fromMs;
    if (handlerMs === undefined && handlesAll(instance, options)) handlerMs = elapsedMs;
    const isUp =
      survey.contract.protocol === 'none' ? elapsedMs >= survey.startMs : watch.look() !== undefined;
    isSeen ||= handlerMs === undefined && !isUp;
    return isUp;
  };
  const hopeless = () => (instance.exit ? 'the target has ended before' : undefined);
  const { startupTimeoutMs: timeoutMs } = target;
  await poll(look, { moment: 'a start is measured', timeoutMs, intervalMs: 1, hopeless });
  const spanMs = nowMs() - fromMs;
  return {
    spanMs,
    ...(handlerMs === undefined ? {} : { handlerMs }),
    isSeen: isSeen && fromMs - notYetMs <= Math.max(unseen.leastMs, spanMs * unseen.part),
  };
}

/** How many starts are measured, one after the other, for one that was seen from its beginning. */
export const mostMeasured = 5;

/**
 * The first start that was seen from its beginning. On a busy machine the harness may get to look only when all is over:
 * the places of a grid over such a start would all lie in its first moments. A start of less than a millisecond is
 * never seen so: the longest one is taken. One that is not seen to its end is measured once more: all places of a grid
 * hang on it, and none of them could be played.
 *
 * @throws MomentMissed when a second one is not seen to its end either
 */
export async function measuredStart(measure: () => Promise<WatchedStart>): Promise<StartSpan> {
  let longest: StartSpan | undefined;
  let missed = 0;
  for (let start = 1; start <= mostMeasured; start += 1) {
    const watched = await measure().catch((error: unknown) => {
      missed += 1;
      if (missed > 1 || !(error instanceof MomentMissed)) throw error;
    });
    if (watched === undefined) continue;
    const { isSeen, ...span } = watched;
    if (isSeen) return span;
    if (longest === undefined || span.spanMs > longest.spanMs) longest = span;
  }
  return longest ?? { spanMs: 0 };
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
