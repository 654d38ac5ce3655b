import { scenario } from '../../scenario.js';
import { needsClients } from './possible.js';

/** SIGKILL in the middle of service: what is left behind must not keep the next instance from starting. */
export const killed = scenario({
  id: 'killed',
  title: 'SIGKILL to the root in mid-service, and a new instance at the same address',
  signals: () => ['SIGKILL'],
  impossible: (possibilities) =>
    needsClients(possibilities) ??
    (possibilities.survey.ports === 'random' ? 'the target chooses a new port each time' : undefined),
  expectedMs: () => 1000,
  async play({ server, clients, survey, contract }) {
    const busy = await clients.connect('busy');
    await busy.exchange();
    // Whoever writes to a killed server is reset, and a reset leaves nothing behind. One that is silent reads FIN, and the
    // server's end of its connection keeps the address (TIME_WAIT).
    const idle =
      survey.persistent && survey.capacity > clients.count
        ? await clients.connect('idle', { count: 1 })
        : undefined;
    await idle?.exchange();
    if (contract.protocol !== 'tcp')
      await busy.loop({ connection: survey.persistent ? 'keep' : 'reconnect' });
    await server.kill();
    await busy.stopLoop();
    await busy.awaitEnd(2000);
    await idle?.awaitEnd(2000);
    await server.startAgain();
  },
});
