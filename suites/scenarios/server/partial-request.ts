import { scenario } from '../../scenario.js';
import { needsExchange } from './possible.js';

/** A message that is never finished: nobody may wait for its end longer than the deadline. */
export const partialRequest = scenario({
  id: 'partial-request',
  title: 'half a message was sent (HTTP: half the headers, half the body)',
  impossible: needsExchange,
  async play({ server, clients, signal, contract, survey }) {
    const parts =
      contract.protocol === 'http' ? (['half-headers', 'half-body'] as const) : (['half-line'] as const);
    for (const part of survey.capacity > 1 ? parts : parts.slice(0, 1)) {
      const partial = await clients.connect('partial', { count: 1 });
      await partial.request(part);
      await partial.readByServer();
    }
    server.send(signal);
    await server.exit();
  },
});
