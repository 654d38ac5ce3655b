import type { PairStage } from '../../../harness/stage/pair-stage.js';
import { scenario } from '../../scenario.js';
import { needsClientSignalled } from './to-whom.js';

/** A client is stopped; the server goes on with the others. */
export const pairClientStops = scenario<PairStage>({
  id: 'pair-client-stops',
  title: 'a client is stopped while it is being served',
  core: true,
  impossible: needsClientSignalled,
  async play({ server, clients, signal, betweenRequestsMs }) {
    clients.send(signal);
    await clients.ends('the first');
    if (clients.others > 0) await clients.served(1, betweenRequestsMs, 'the others');
    await clients.over();
    await server.lives();
  },
});
