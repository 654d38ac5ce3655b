import { scenario } from '../../scenario.js';
import { needsExchange } from './possible.js';

/** How long the load goes on after the signal: new workers start and old ones end in that time. */
const loadMs = 1000;

/** How long the reply to the request that arrives with the signal may take, in milliseconds. */
const replyWithinMs = 5000;

/**
 * The new configuration comes, and nobody outside may notice. Whether a request of a loop is in flight just then is
 * chance; so one more kept client has its request arrive together with the signal.
 */
export const reloadUnderLoad = scenario({
  id: 'reload-under-load',
  title: 'a reload signal, while clients exchange on kept and on new connections',
  signals: ({ reloadSignals }) => reloadSignals,
  impossible: needsExchange,
  async play({ server, clients, signal, stopSignal, survey }) {
    const keeps = survey.persistent && survey.capacity > 1;
    // Where there is little room, the one whose request is certain comes before those of chance.
    const loops = keeps ? clients.count - (survey.concurrent ? 0 : 1) : 0;
    const kept = loops > 0 ? await clients.connect('load', { count: loops }) : undefined;
    await kept?.loop({ pauseMs: 10, connection: 'reconnect' });
    const together = keeps ? await clients.connect('load', { count: 1 }) : undefined;
    await together?.exchange();
    const fresh = await clients.connect('load', { count: 1 });
    await fresh.loop({ pauseMs: 10, connection: 'fresh' });
    await fresh.replied(2);
    if (together === undefined) server.send(signal);
    else {
      await server.whileFrozen(async () => {
        await together.request();
        await together.queued();
        server.send(signal);
        await server.pending(signal);
      });
    }
    await server.serves(loadMs);
    await together?.awaitReplies(replyWithinMs);
    await kept?.stopLoop();
    await fresh.stopLoop();
    if (!server.gone) server.send(stopSignal);
    await server.exit();
  },
});
