import { scenario } from '../../scenario.js';
import { needsClients } from './possible.js';
import { connectStuckClient } from './stuck.js';

/** A client that hangs must hold up neither the deadline nor the other clients. */
export const stuckClient = scenario({
  id: 'stuck-client',
  title:
    'a client that the server waits for and that neither reads, nor writes, nor closes, beside an idle one',
  impossible: needsClients,
  async play(stage) {
    const { server, signal } = stage;
    await connectStuckClient(stage);
    server.send(signal);
    await server.exit();
  },
});
