import { scenario } from '../../scenario.js';
import { afterItsReply } from './after-reply.js';
import { needsExchange } from './possible.js';

/**
 * Connections that the kernel has made and the server has not accepted: at every stop under load there are some. The
 * listener that closes resets them, with whatever they had asked.
 */
export const acceptQueue = scenario({
  id: 'accept-queue',
  title:
    'connections with requests that wait in the accept queue when the signal comes (the tree is frozen for it)',
  impossible: needsExchange,
  expectedMs: (contract) => Math.min(contract.deadlineMs, afterItsReply(contract).patienceMs),
  async play({ server, clients, signal, contract }) {
    const queued = await server.whileFrozen(async () => {
      const group = await clients.connect('queued');
      await group.request();
      await group.queued();
      server.send(signal);
      await server.pending(signal);
      return group;
    });
    await queued.leaveOnceAnswered(afterItsReply(contract));
    await server.exit();
  },
});
