import { scenario } from '../scenario.js';
import { needsExchange } from './possible.js';

/** The signal in the middle of a handler: the kernel shows that the request was read, and no reply has come. */
export const slowRequest = scenario({
  id: 'slow-request',
  title: 'a request that the server has read and not yet answered',
  impossible: needsExchange,
  async play({ server, clients, signal, slowPath, moment }) {
    const slow = await clients.connect('slow', { count: 1 });
    await slow.request('whole', slowPath);
    if (await slow.readByServer()) moment('the request is in the handler');
    else moment('the reply came before the request could be caught in the handler');
    server.send(signal);
    await server.exit();
  },
});
