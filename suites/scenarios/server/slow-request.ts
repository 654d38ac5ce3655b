import { MomentMissed } from '../../../harness/stage/moment-missed.js';
import { scenario } from '../../scenario.js';
import { afterItsReply } from './after-reply.js';
import { needsExchange } from './possible.js';

/** The signal in the middle of a handler: the kernel shows that the request was read, and no reply has come. */
export const slowRequest = scenario({
  id: 'slow-request',
  title: 'a request that the server has read and not yet answered',
  impossible: needsExchange,
  expectedMs: (contract) => Math.min(contract.deadlineMs, afterItsReply(contract).patienceMs),
  async play({ server, clients, signal, contract, slowPath, moment }) {
    const slow = await clients.connect('slow', { count: 1 });
    await slow.request('whole', slowPath);
    const inHandler = 'the request is in the handler';
    const tooSoon = 'the reply came before the request could be caught in the handler';
    // Who names a slow path wants to know what becomes of such a request: without one nothing has been tested.
    const missed = (why: string) =>
      new MomentMissed(inHandler, `${why}, although --slow-path names ${slowPath}`);
    if (await slow.readByServer()) moment(inHandler);
    else if (slowPath === undefined) moment(tooSoon);
    else throw missed(tooSoon);
    const sentMs = server.send(signal);
    await slow.leaveOnceAnswered(afterItsReply(contract));
    await server.exit();
    if (slowPath !== undefined && (await slow.repliedBefore(sentMs)))
      throw missed('the reply came with the signal');
  },
});
