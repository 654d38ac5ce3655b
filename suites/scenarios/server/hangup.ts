import { scenario } from '../../scenario.js';

/** A SIGHUP that nobody declared: it may stop the target in good order, or do nothing. */
export const hangup = scenario({
  id: 'hangup',
  title: 'SIGHUP, which the contract does not declare',
  showsDelivery: 3,
  signals: ({ stopSignals, reloadSignals, ignoreSignals }) =>
    [...stopSignals, ...reloadSignals, ...ignoreSignals].includes('SIGHUP') ? [] : ['SIGHUP'],
  async play({ server, clients, signal, stopSignal, survey }) {
    const idle = clients.possible && survey.persistent ? await clients.connect('idle') : undefined;
    await idle?.exchange();
    server.send(signal);
    await server.taken(signal);
    if (clients.possible) {
      // Who serves one client at a time can serve the next only then.
      if (survey.capacity === 1) await idle?.leave('fin');
      const { group, failed } = await clients.tryConnect('canary', { count: 1 });
      const served = failed === undefined && (await group.tryExchange(2000));
      await group.leave('fin');
      if (served && !server.gone) server.send(stopSignal);
    }
    await server.exit();
  },
});
