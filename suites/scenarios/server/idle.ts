import { scenario } from '../../scenario.js';

/** Nobody is connected: the plainest stop there is. */
export const idle = scenario({
  id: 'idle',
  title: 'no clients',
  core: true,
  showsDelivery: 1,
  expectedMs: () => 100,
  async play({ server, clients, signal }) {
    await clients.canaryForgotten();
    server.send(signal);
    await server.exit();
  },
});
