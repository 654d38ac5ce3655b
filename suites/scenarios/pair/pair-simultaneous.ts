import type { PairStage } from '../../../harness/stage/pair-stage.js';
import { scenario } from '../../scenario.js';
import { needsServerSignalled } from './to-whom.js';

/** A client's own request and the signal are there when the server looks again. */
export const pairSimultaneous = scenario<PairStage>({
  id: 'pair-simultaneous',
  title: "a client's request arrives together with the signal (the server is frozen for it)",
  core: true,
  impossible: (possibilities) =>
    needsServerSignalled(possibilities) ??
    (possibilities.contract.protocol === 'tcp'
      ? 'requests are not understood with --protocol tcp'
      : undefined),
  async play({ server, clients, signal, betweenRequestsMs }) {
    await server.whileFrozen(async () => {
      await clients.aRequestIsQueued(betweenRequestsMs);
      server.send(signal);
      await server.pending(signal);
    });
    await server.exit();
    await clients.refuse();
    await clients.ends();
  },
});
