import { scenario } from '../scenario.js';

/** A SIGHUP that nobody declared: it may stop the target in good order, or do nothing. */
export const hangup = scenario({
  id: 'hangup',
  title: 'SIGHUP, which the contract does not declare',
  signals: ({ stopSignals, reloadSignals, ignoreSignals }) =>
    [...stopSignals, ...reloadSignals, ...ignoreSignals].includes('SIGHUP') ? [] : ['SIGHUP'],
  async play({ server, clients, signal, stopSignal, survey }) {
    if (clients.possible && survey.persistent) await (await clients.connect('idle')).exchange();
    server.send(signal);
    await server.taken(signal);
    if (clients.possible) {
      const { group, failed } = await clients.tryConnect('canary', { count: 1 });
      const served = failed === undefined && (await group.tryExchange(2000));
      await group.leave('fin');
      if (served && !server.gone) server.send(stopSignal);
    }
    await server.exit();
  },
});
