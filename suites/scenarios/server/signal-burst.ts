import { scenario } from '../../scenario.js';
import { afterItsReply } from './after-reply.js';
import { needsExchange } from './possible.js';

/** More than a person can type: wrappers that forward what their whole group has got, and forward it again. */
const signals = 50;

/** What each signal starts anew, opens or registers, fifty of them show. */
export const signalBurst = scenario({
  id: 'signal-burst',
  title: `the signal ${signals} times at once, with a request that the server has read and not yet answered`,
  impossible: needsExchange,
  expectedMs: (contract) => Math.min(contract.deadlineMs, afterItsReply(contract).patienceMs),
  async play({ server, clients, signal, contract, slowPath, moment }) {
    const slow = await clients.connect('slow', { count: 1 });
    await slow.request('whole', slowPath);
    if (await slow.readByServer()) moment('the request is in the handler');
    else moment('the reply came before the request could be caught in the handler');
    await server.burst(signal, signals);
    await slow.leaveOnceAnswered(afterItsReply(contract));
    await server.exit();
  },
});
