import { scenario } from '../../scenario.js';

/** The stop comes while the reload is still going on. */
export const reloadThenStop = scenario({
  id: 'reload-then-stop',
  title: 'a reload signal and a stop signal back to back',
  signals: ({ reloadSignals }) => reloadSignals,
  async play({ server, clients, signal, stopSignal, survey }) {
    if (clients.possible && survey.persistent) await (await clients.connect('idle', { count: 1 })).exchange();
    server.send(signal);
    server.send(stopSignal);
    await server.exit();
  },
});
