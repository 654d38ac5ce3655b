import { scenario } from '../../scenario.js';
import { acceptedInSilence } from './accepted.js';
import { afterItsReply } from './after-reply.js';
import { needsExchange } from './possible.js';

/**
 * The race that idiomatic code loses: a request and the signal are there when the server looks again. Several requests,
 * since a server with threads may win it for one of them. Which of its threads goes on first is the scheduler's: Go's
 * Shutdown lost 5 to 30 % of the plays measured, with 3 clients as with 64. A pass is what one play showed; who wants
 * to know more gives `--repeat`.
 */
export const simultaneousRequest = scenario({
  id: 'simultaneous-request',
  title: 'requests that arrive together with the signal (the tree is frozen for it)',
  core: true,
  impossible: needsExchange,
  expectedMs: (contract) => Math.min(contract.deadlineMs, afterItsReply(contract).patienceMs),
  async play(stage) {
    const { server, clients, signal, contract, survey } = stage;
    const simultaneous = await clients.connect('simultaneous');
    if (survey.persistent) await simultaneous.exchange();
    else await acceptedInSilence(stage, simultaneous);
    await server.whileFrozen(async () => {
      await simultaneous.request();
      await simultaneous.queued();
      server.send(signal);
      await server.pending(signal);
    });
    await simultaneous.leaveOnceAnswered(afterItsReply(contract));
    await server.exit();
  },
});
