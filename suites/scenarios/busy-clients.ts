import { scenario } from '../scenario.js';
import { needsExchange } from './possible.js';

/** Clients that exchange messages all the time, before the signal and after it. */
export const busyClients = scenario({
  id: 'busy-clients',
  title: 'clients that exchange messages in a loop',
  core: true,
  impossible: needsExchange,
  async play({ server, clients, signal, survey }) {
    const busy = await clients.connect('busy');
    await busy.loop({ connection: survey.persistent ? 'keep' : 'reconnect' });
    await busy.replied(3);
    server.send(signal);
    await server.exit();
  },
});
