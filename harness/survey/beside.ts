import { nowMs } from '../clock.js';
import { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import { AddressWatch } from '../target/address-watch.js';
import { Instance } from '../target/instance.js';
import { addressAt, nextPlace } from '../target/place.js';
import { duration } from '../words.js';
import { unixSocketsOf } from './own-sockets.js';
import type { Surveyed } from './surveyed.js';

const lookEveryMs = 5;
/** A second instance that waits (for a lock) is given so long, and so many times the first one's start time. */
const leastWaitMs = 2000;
const startTimes = 10;
const shownLines = 3;
const mostShown = 300;

/** What a second instance beside the first has shown. */
type Beside = Pick<Surveyed, 'alone' | 'ports' | 'address'>;

/**
 * Starts a second instance while the first serves, as runs that are played side by side do: a target that binds a fixed
 * path (a unix socket, a pid file, a lock) beside the port that it is told is found out by this. The first is not judged
 * any more, whatever becomes of it. Where all is told or fixed by the options, or there is only one run at a time, nothing is started.
 */
export async function besideAnother(
  session: Session,
  first: Instance,
  { ports, address, startMs, contract }: Surveyed,
  stop: (instance: Instance) => Promise<void>,
): Promise<Beside> {
  const { target, settings } = session;
  const same = { ports, address };
  if (target.socket !== undefined) return { ...same, alone: alwaysOn(target.socket) };
  const isOwnSocket = address.socket !== undefined && !target.tells?.socket;
  // Without clients nobody knows when it is ready, and a fixed port has its reason already.
  if (ports === 'fixed') return same;
  // They need not get into each other's way: but one that ends removes what the others have written.
  if (target.pidFile !== undefined && settings.plan.jobs !== 1)
    return { ...same, alone: `The target always writes the pid file ${target.pidFile}` };
  if (contract.protocol === 'none') return same;
  if (settings.plan.jobs === 1 && !isOwnSocket) return same;
  const place = await nextPlace(session);
  const options = { session, recorder: new Recorder(), runId: 'survey', number: 1, ...place };
  const second = await Instance.start(options);
  const shown = await (async (): Promise<Beside> => {
    const isRandom = isOwnSocket || ports === 'random';
    const watch = new AddressWatch(
      second,
      session.system,
      addressAt(place, { address }),
      isRandom,
      target.cwd,
    );
    const waitMs = Math.max(leastWaitMs, startMs * startTimes);
    const untilMs = nowMs() + waitMs;
    for (;;) {
      if (session.abort.aborted) return same;
      const listening = watch.look();
      if (first.exit !== undefined)
        return { ...same, alone: 'A second instance beside the first ended the first one' };
      if (listening !== undefined) {
        if (!isOwnSocket || listening.socket !== address.socket)
          return { ...same, ports: isOwnSocket ? 'random' : ports };
        return { ...same, alone: alwaysOn(address.socket) };
      }
      if (second.exit !== undefined && second.members().length === 0)
        return { ...same, alone: `A second instance beside the first ended${await lastWords(second)}` };
      if (nowMs() > untilMs) {
        const sockets = unixSocketsOf(session, second);
        const where = sockets.length > 0 ? ` (it listens on ${sockets.join(', ')} only)` : '';
        return {
          ...same,
          alone: `A second instance beside the first did not listen within ${duration(waitMs)}${where}`,
        };
      }
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  })();
  // In good order where it lets itself be ended: what it leaves behind would spoil the first run.
  const stopped = stop(second);
  if (shown.alone === undefined) stopped.catch(() => {});
  else await stopped;
  return shown;
}

function alwaysOn(socket: string | undefined): string {
  return `The target always listens on the unix socket ${socket}`;
}

/** Why, in its own words. */
async function lastWords(second: Instance): Promise<string> {
  await second.output.drained();
  const how = second.exit?.signal ?? `status ${second.exit?.code}`;
  const said = second.output.lastLines(shownLines).join(' | ').trim();
  const words = said.length > mostShown ? `…${said.slice(-mostShown)}` : said;
  return words === '' ? ` (${how}) and said nothing` : ` (${how}): ${words}`;
}
