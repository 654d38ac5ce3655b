import type { PairStage } from '../../../harness/stage/pair-stage.js';
import { scenario } from '../../scenario.js';
import { needsServerSignalled } from './to-whom.js';

/** An impatient operator: the signal again, while the clients are still being told. */
export const pairRepeated = scenario<PairStage>({
  id: 'pair-repeated',
  title: 'the server is sent the signal again, 50 ms later and at 0.6 of the deadline',
  impossible: needsServerSignalled,
  expectedMs: ({ deadlineMs }) => deadlineMs * 1.6,
  async play({ server, clients, signal, contract }) {
    server.send(signal);
    if (await server.aliveAt(50)) server.send(signal);
    if (await server.aliveAt(contract.deadlineMs * 0.6)) server.send(signal);
    await server.exit();
    await clients.refuse();
    await clients.ends();
  },
});
