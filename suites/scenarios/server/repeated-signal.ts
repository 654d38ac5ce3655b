import { scenario } from '../../scenario.js';
import { needsClients } from './possible.js';
import { connectStuckClient } from './stuck.js';

/** Impatient people press Ctrl+C again, and supervisors send again: the promise was made the first time. */
export const repeatedSignal = scenario({
  id: 'repeated-signal',
  title:
    'the signal, again 50 ms later, and again at 0.6 of the deadline, with a stuck client beside an idle one',
  core: true,
  impossible: needsClients,
  expectedMs: ({ deadlineMs }) => deadlineMs * 1.1,
  async play(stage) {
    const { server, signal, contract } = stage;
    await connectStuckClient(stage);
    server.send(signal);
    for (const afterMs of [50, contract.deadlineMs * 0.6]) {
      if (await server.aliveAt(afterMs)) server.send(signal);
    }
    await server.exit();
  },
});
