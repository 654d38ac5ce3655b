import { scenario } from '../scenario.js';
import { needsIdleClients } from './possible.js';

/** How long clients stay that are not told, in milliseconds. */
const patienceMs = 500;

/** Clients that do what a told client should: they close. Then nothing holds the server any more. */
export const leavingClients = scenario({
  id: 'leaving-clients',
  title: 'idle and busy clients that close when they are told, or 0.5 s after the signal',
  core: true,
  impossible: needsIdleClients,
  expectedMs: () => patienceMs,
  async play({ server, clients, signal, contract }) {
    const leaving = await clients.connect('leaving', { leaveWhenTold: true });
    await leaving.exchange();
    const busy = await clients.connect('leaving', { leaveWhenTold: true, count: 1 });
    await busy.exchange();
    if (contract.protocol !== 'tcp') {
      await busy.loop();
      await busy.replied(2);
      // As in `busy-clients`: the signal falls between two exchanges.
      await busy.stopLoop();
    }
    server.send(signal);
    await server.settled(signal);
    if (contract.protocol !== 'tcp') await busy.loop();
    await leaving.leave('fin', patienceMs);
    await busy.leave('fin', patienceMs);
    await server.exit();
  },
});
