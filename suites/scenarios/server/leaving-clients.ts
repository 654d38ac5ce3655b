import { scenario } from '../../scenario.js';
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
  async play({ server, clients, signal, contract, survey }) {
    const leaving = await clients.connect('leaving', { leaveWhenTold: true });
    await leaving.exchange();
    // Where there is room for one, it is the idle one: a busy one could be served only after it.
    const busy =
      survey.capacity > 1 ? await clients.connect('leaving', { leaveWhenTold: true, count: 1 }) : undefined;
    await busy?.exchange();
    const loops = contract.protocol === 'tcp' ? undefined : busy;
    if (loops) {
      await loops.loop();
      await loops.replied(2);
      // As in `busy-clients`: the signal falls between two exchanges.
      await loops.stopLoop();
    }
    server.send(signal);
    await server.settled(signal);
    await loops?.loop();
    await leaving.leave('fin', patienceMs);
    await busy?.leave('fin', patienceMs);
    await server.exit();
  },
});
