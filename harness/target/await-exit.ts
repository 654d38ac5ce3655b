import { nowMs } from '../clock.js';
import type { Launched, RootExit } from '../process/launch.js';

/** A started target, whose exit may have been heard. */
interface Ending {
  readonly launched: Pick<Launched, 'exited'>;
  readonly exit: RootExit | undefined;
}

/** Resolves when the exit of the root is heard, or at `untilMs` (CLOCK_MONOTONIC). */
export async function awaitExit(target: Ending, untilMs: number): Promise<void> {
  if (target.exit) return;
  // A timer counts from when the loop last looked at the clock, so it may fire early by as much as the loop lagged.
  do {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.max(0, Math.ceil(untilMs - nowMs())));
    });
    await Promise.race([target.launched.exited, late]);
    clearTimeout(timer);
  } while (!target.exit && nowMs() < untilMs);
}
