import { MomentMissed } from '../../../harness/stage/moment-missed.js';
import type { PairStage } from '../../../harness/stage/pair-stage.js';
import { scenario } from '../../scenario.js';
import { needsServerSignalled } from './to-whom.js';

/** A server may be frozen just when it has read what its only client asked: it goes on, and is frozen again. */
const mostFreezes = 10;
const moment = 'a request of a client is in the socket buffer of the server';

/** A client's own request and the signal are there when the server looks again. */
export const pairSimultaneous = scenario<PairStage>({
  id: 'pair-simultaneous',
  title: "a client's request arrives together with the signal (the server is frozen for it)",
  core: true,
  impossible: (possibilities) =>
    needsServerSignalled(possibilities) ??
    (possibilities.contract.protocol === 'tcp'
      ? 'requests are not understood with --protocol tcp'
      : undefined),
  async play({ server, clients, signal, betweenRequestsMs }) {
    let isPlayed = false;
    for (let tries = 0; !isPlayed && tries < mostFreezes; tries += 1) {
      isPlayed = await server.whileFrozen(async () => {
        if (!(await clients.aRequestIsQueued(betweenRequestsMs))) return false;
        server.send(signal);
        await server.pending(signal);
        return true;
      });
    }
    if (!isPlayed) throw new MomentMissed(moment, 'whenever it was frozen, the server had read all requests');
    await server.exit();
    await clients.refuse();
    await clients.ends();
  },
});
