import type { ClientGroup } from '../../../harness/stage/client-group.js';
import { MomentMissed } from '../../../harness/stage/moment-missed.js';
import type { Stage } from '../../../harness/stage/stage.js';

/** How long somebody who speaks may wait for the reply, in milliseconds. */
const servedWithinMs = 2000;

/**
 * The server has accepted clients that have not sent a byte. Some never have to: the kernel keeps such connections from
 * a server that asks for it (TCP_DEFER_ACCEPT, as Apache does). That is told from a server that accepts nobody, or
 * not in time, by a client that comes later, speaks, and is served while the silent one is still kept back. The
 * recording shows it, and what follows from it is for the judges: here the moment has not come.
 *
 * @throws MomentMissed when some client has not been accepted
 */
export async function acceptedInSilence({ clients }: Stage, silent: ClientGroup): Promise<void> {
  try {
    await silent.accepted();
  } catch (error) {
    if (error instanceof MomentMissed && (await silent.withheld())) {
      const { group, failed } = await clients.tryConnect('canary', { count: 1 });
      if (failed === undefined) await group.tryExchange(servedWithinMs);
      await silent.withheld();
      await group.leave('fin');
    }
    throw error;
  }
}
