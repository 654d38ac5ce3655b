import type { PairStage } from '../../../harness/stage/pair-stage.js';
import { scenario } from '../../scenario.js';
import { needsServerSignalled } from './to-whom.js';

/** The stop of every day: all clients are connected and have been served. */
export const pairServed = scenario<PairStage>({
  id: 'pair-served',
  title: 'the server is stopped while its clients are connected and being served',
  core: true,
  impossible: needsServerSignalled,
  async play({ server, clients, signal }) {
    server.send(signal);
    await server.exit();
    await clients.refuse();
    await clients.ends();
  },
});
