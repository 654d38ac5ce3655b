import { scenario } from '../../scenario.js';
import { needsExchange } from './possible.js';

/** Clients crash, networks break: a reset connection is one client's business only. */
export const vanishedClient = scenario({
  id: 'vanished-client',
  title: 'clients that reset their connections in mid-exchange',
  impossible: needsExchange,
  expectedMs: () => 200,
  async play({ server, clients, signal, survey }) {
    const vanishing = await clients.connect('vanishing', { count: survey.persistent ? clients.count : 1 });
    if (survey.persistent) await vanishing.exchange();
    await vanishing.vanish();
    // What the resets did to the server has happened when somebody else was served after them.
    const { group, failed } = await clients.tryConnect('canary', { count: 1 });
    const served = failed === undefined && (await group.tryExchange(5000));
    await group.leave('fin');
    // A server that is going down is not stopped on top of it: its end would look like an answer to the signal.
    if (!served) await server.serves(1000);
    if (server.gone) return;
    server.send(signal);
    await server.exit();
  },
});
