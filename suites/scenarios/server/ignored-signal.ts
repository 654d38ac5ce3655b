import { scenario } from '../../scenario.js';

/** A signal that is declared to change nothing. That nothing happened is seen in what works after it. */
export const ignoredSignal = scenario({
  id: 'ignored-signal',
  title: 'a signal that the contract declares as ignored',
  signals: ({ ignoreSignals }) => ignoreSignals,
  async play({ server, clients, signal, stopSignal, survey }) {
    const idle = clients.possible && survey.persistent ? await clients.connect('idle') : undefined;
    await idle?.exchange();
    server.send(signal);
    await server.taken(signal);
    let served = (await idle?.tryExchange(2000)) ?? true;
    if (clients.possible) {
      // Who serves one client at a time can serve the next only then.
      if (survey.capacity === 1) await idle?.leave('fin');
      const { group, failed } = await clients.tryConnect('canary', { count: 1 });
      served = failed === undefined && (await group.tryExchange(2000)) && served;
      await group.leave('fin');
    }
    // A server that is going down is not stopped on top of it: its end would look like an answer to the stop.
    if (!served) await server.serves(1000);
    if (server.gone) return;
    server.send(stopSignal);
    await server.exit();
  },
});
