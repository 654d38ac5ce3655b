import type { PairStage } from '../../../harness/stage/pair-stage.js';
import { scenario } from '../../scenario.js';
import { needsServerSignalled } from './to-whom.js';

/** Another client is started when the stop has begun. It is told, refused or served; and it copes with that. */
export const pairLate = scenario<PairStage>({
  id: 'pair-late',
  title: 'one more client is started after the server was signalled',
  impossible: needsServerSignalled,
  async play({ server, clients, signal }) {
    server.send(signal);
    await server.settled(signal);
    await clients.start(1);
    await server.exit();
    await clients.refuse();
    await clients.ends();
  },
});
