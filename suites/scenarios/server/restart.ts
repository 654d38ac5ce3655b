import { scenario } from '../../scenario.js';
import { needsClients } from './possible.js';

/** It was the server that closed the connections, so TIME_WAIT is on its side when the new instance binds. */
export const restart = scenario({
  id: 'restart',
  title: 'a graceful stop, and a new instance at the same address at once',
  impossible: (possibilities) =>
    needsClients(possibilities) ??
    (possibilities.survey.ports === 'random' ? 'the target chooses a new port each time' : undefined),
  expectedMs: ({ deadlineMs }) => deadlineMs * 1.2,
  async play({ server, clients, signal }) {
    const idle = await clients.connect('idle');
    await idle.exchange();
    server.send(signal);
    if (!(await server.exit())) return;
    await idle.awaitEnd(2000);
    await server.startAgain();
  },
});
