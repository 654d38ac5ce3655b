import { scenario } from '../../scenario.js';

/** A stopped process keeps the signal pending until it goes on; systemd and others send SIGCONT after SIGTERM. */
export const stopped = scenario({
  id: 'stopped',
  title: 'SIGSTOP, the signal, SIGCONT',
  async play({ server, clients, signal, survey }) {
    if (clients.possible && survey.persistent) await (await clients.connect('idle', { count: 1 })).exchange();
    await server.whileFrozen(async () => {
      server.send(signal);
      await server.pending(signal);
    });
    await server.exit();
  },
});
