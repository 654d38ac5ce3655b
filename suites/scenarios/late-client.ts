import { scenario } from '../scenario.js';
import { needsExchange } from './possible.js';

/** How long a late client waits for a word, in milliseconds. */
const silenceMs = 1500;

/** Somebody connects to a server that is going. An old client keeps it alive so long. */
export const lateClient = scenario({
  id: 'late-client',
  title: 'clients that connect after the signal, while an old one is still there',
  impossible: (possibilities) =>
    needsExchange(possibilities) ??
    (possibilities.survey.capacity < 4
      ? 'the target serves few clients at a time: a late one must wait'
      : undefined),
  async play({ server, clients, signal, contract, survey, slowPath }) {
    const { protocol } = contract;
    const old = await clients.connect(protocol === 'http' ? 'partial' : 'idle', { count: 1 });
    if (protocol === 'http' && slowPath === undefined) await old.request('half-body');
    else if (protocol === 'http') await old.request('whole', slowPath);
    else if (survey.persistent) await old.exchange();
    // What a stop does first is seen by these: they are told, or closed. Then it is known to have begun.
    const witness = survey.persistent ? await clients.connect('idle', { count: 1 }) : undefined;
    await witness?.exchange();
    server.send(signal);
    await witness?.awaitTold(Math.min(1000, contract.deadlineMs / 4));
    const { group, failed } = await clients.tryConnect('late', { count: 2 });
    if (failed === undefined) await group.tryExchange(Math.min(silenceMs, contract.deadlineMs / 2));
    await server.exit();
  },
});
