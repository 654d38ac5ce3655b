import { scenario } from '../../scenario.js';
import { needsExchange } from './possible.js';

/** How long a late client waits for a word, in milliseconds. */
const silenceMs = 1500;
/** How long after the first late clients another one comes, in milliseconds. */
const laterMs = 100;

/**
 * Somebody connects to a server that is going. An old client keeps it alive so long. What a server does with clients
 * that come with the signal it need not do a moment later, so some come at once, and another when that moment is over.
 */
export const lateClient = scenario({
  id: 'late-client',
  title: 'clients that connect after the signal, at once and a moment later, while an old one is still there',
  impossible: (possibilities) =>
    needsExchange(possibilities) ??
    (possibilities.survey.capacity < 4
      ? 'the target serves few clients at a time: a late one must wait'
      : undefined),
  async play({ server, clients, signal, contract, survey, slowPath, moment }) {
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
    await server.settled(signal);
    const waitMs = Math.min(silenceMs, contract.deadlineMs / 2);
    // Beside the old one, the witness and the one that comes later.
    const room = survey.capacity - (witness === undefined ? 2 : 3);
    const first = await clients.tryConnect('late', { count: Math.min(2, room) });
    const firstHeard = first.group.tryExchange(waitMs);
    await server.serves(Math.min(laterMs, contract.deadlineMs / 4));
    if (!server.gone) {
      moment('the server is still there, and somebody comes later');
      const later = await clients.tryConnect('late', { count: 1 });
      await later.group.tryExchange(waitMs);
    }
    await firstHeard;
    await server.exit();
  },
});
