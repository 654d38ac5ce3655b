import { scenario } from '../scenario.js';
import { needsExchange } from './possible.js';

/** How long the load goes on after the signal: new workers start and old ones end in that time. */
const loadMs = 1000;

/** The new configuration comes, and nobody outside may notice. */
export const reloadUnderLoad = scenario({
  id: 'reload-under-load',
  title: 'a reload signal, while clients exchange on kept and on new connections',
  signals: ({ reloadSignals }) => reloadSignals,
  impossible: needsExchange,
  async play({ server, clients, signal, stopSignal, survey }) {
    const kept = survey.persistent && survey.capacity > 1 ? await clients.connect('load') : undefined;
    await kept?.loop({ pauseMs: 10, connection: 'reconnect' });
    const fresh = await clients.connect('load', { count: 1 });
    await fresh.loop({ pauseMs: 10, connection: 'fresh' });
    await fresh.replied(2);
    server.send(signal);
    await server.serves(loadMs);
    await kept?.stopLoop();
    await fresh.stopLoop();
    if (!server.gone) server.send(stopSignal);
    await server.exit();
  },
});
