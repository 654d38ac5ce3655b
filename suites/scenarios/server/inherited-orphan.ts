import { scenario } from '../../scenario.js';

/** What lost its parent in a container is inherited by the target there, and has nobody else who would wait for it. */
export const inheritedOrphan = scenario({
  id: 'inherited-orphan',
  title: 'as PID 1 it inherits a process, which ends; then the signal',
  deliveries: ['pid1'],
  expectedMs: () => 2000,
  async play({ server, clients, signal }) {
    await clients.canaryForgotten();
    await server.inheritOrphan();
    server.send(signal);
    await server.exit();
  },
});
