import { scenario } from '../../scenario.js';
import { acceptedInSilence } from './accepted.js';
import { needsClients } from './possible.js';

/** The connection that every server meets and few tutorials think of: nothing has been sent on it yet. */
export const silentConnection = scenario({
  id: 'silent-connection',
  title: 'a connection on which not one byte was sent',
  impossible: needsClients,
  async play(stage) {
    const { server, clients, signal } = stage;
    await acceptedInSilence(stage, await clients.connect('silent', { count: 1 }));
    server.send(signal);
    await server.exit();
  },
});
