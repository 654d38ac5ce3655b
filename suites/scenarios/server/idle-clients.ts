import { scenario } from '../../scenario.js';
import { needsIdleClients } from './possible.js';

/** Clients that have been served and now say nothing. They keep their connections until the server ends them. */
export const idleClients = scenario({
  id: 'idle-clients',
  title: 'clients that are connected and say nothing',
  core: true,
  showsDelivery: 2,
  impossible: needsIdleClients,
  async play({ server, clients, signal }) {
    const idle = await clients.connect('idle');
    await idle.exchange();
    server.send(signal);
    await server.exit();
  },
});
