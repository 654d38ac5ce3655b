import { scenario } from '../../scenario.js';
import { needsExchange } from './possible.js';

/**
 * Clients that exchange messages all the time, before the signal and after it. The signal falls between two exchanges of
 * each: what is in flight by chance would change the verdicts by chance, and `simultaneous-request` makes it certain.
 */
export const busyClients = scenario({
  id: 'busy-clients',
  title: 'clients that exchange messages in a loop',
  core: true,
  impossible: needsExchange,
  async play({ server, clients, signal, survey }) {
    const busy = await clients.connect('busy');
    const connection = survey.persistent ? 'keep' : 'reconnect';
    await busy.loop({ connection });
    await busy.replied(3);
    await busy.stopLoop();
    server.send(signal);
    await server.settled(signal);
    await busy.loop({ connection });
    await server.exit();
  },
});
