import { scenario } from '../../scenario.js';
import { needsExchange } from './possible.js';

/** Longer than a zombie may stay (1 s), by some samples. */
const watchMs = 1700;

/** Steady service, one connection after the other, with the process tree sampled all the time. */
export const zombieWatch = scenario({
  id: 'zombie-watch',
  title: 'steady service for a while, with the process tree watched',
  impossible: needsExchange,
  expectedMs: () => watchMs + 300,
  async play({ server, clients, signal }) {
    const load = await clients.connect('load', { count: 1 });
    await load.loop({ pauseMs: 50, connection: 'fresh' });
    await load.replied(2);
    await server.serves(watchMs);
    await load.stopLoop();
    server.send(signal);
    await server.exit();
  },
});
