import { setTimeout as sleep } from 'node:timers/promises';
import { nowMs } from '../clock.js';

/** The pipes close with their last holder: this long the readers are given for what is in them, in milliseconds. */
const closeWithinMs = 100;
/** Somebody who lives on with the pipe may write for ever: that long is listened to, in milliseconds. */
const listenAtMostMs = 2000;
/** So many turns of the event loop without a byte, after that time, say that nothing is left to read. */
const quietTurns = 10;
/** And so many are taken at least before a flood is cut off. */
const mostTurns = 100;

/**
 * Waits until the streams of a target that is gone have closed. False where somebody still holds them.
 *
 * A loop that was blocked for 100 ms runs its timers before it reads its pipes (libuv: timers, then poll): by the clock
 * alone the time would be over before the last words were read. So turns are counted as well, and only those that begin
 * when the time is over: quiet turns before a blockage say nothing about what came during it.
 */
export async function outputEnds(openStreams: () => number, receivedBytes: () => number): Promise<boolean> {
  const startMs = nowMs();
  let before = receivedBytes();
  for (let turns = 0, quiet = 0; openStreams() > 0; turns += 1) {
    const waitedMs = nowMs() - startMs;
    if (quiet >= quietTurns) return false;
    if (waitedMs >= listenAtMostMs && turns >= mostTurns) return false;
    await sleep(2);
    const now = receivedBytes();
    quiet = now === before && waitedMs >= closeWithinMs ? quiet + 1 : 0;
    before = now;
  }
  return true;
}
