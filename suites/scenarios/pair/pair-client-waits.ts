import type { PairStage } from '../../../harness/stage/pair-stage.js';
import { scenario } from '../../scenario.js';
import { needsClientSignalled } from './to-whom.js';

/** A client that waits for a reply hears its own stop signal all the same. */
export const pairClientWaits = scenario<PairStage>({
  id: 'pair-client-waits',
  title: 'a client is stopped while it waits for the reply of a server that is suspended',
  core: true,
  impossible: needsClientSignalled,
  async play({ server, clients, signal, betweenRequestsMs }) {
    await server.whileFrozen(async () => {
      await clients.firstAwaitsReply(betweenRequestsMs);
      clients.send(signal);
      await clients.ends('the first');
    });
    await clients.over();
    await server.lives();
  },
});
