import type { PairStage } from '../../../harness/stage/pair-stage.js';
import { scenario } from '../../scenario.js';
import { needsServerSignalled } from './to-whom.js';

/** The server dies without a word: what its clients make of it. */
export const pairKilled = scenario<PairStage>({
  id: 'pair-killed',
  title: 'SIGKILL to the server while its clients are being served',
  signals: () => ['SIGKILL'],
  impossible: needsServerSignalled,
  async play({ server, clients }) {
    await server.kill();
    await clients.refuse();
    await clients.ends();
  },
});
