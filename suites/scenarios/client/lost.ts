import type { Contract } from '../../../harness/contract/contract.js';
import type { ClientStage } from '../../../harness/stage/client-stage.js';
import { MomentMissed } from '../../../harness/stage/moment-missed.js';
import { scenario } from '../../scenario.js';
import { neverBetween, repliesBefore, requestToPlay } from './moments.js';

/** The server goes without a word; no signal is sent. */
const common = {
  family: 'lost',
  signals: () => [null] as const,
  expectedMs: ({ deadlineMs }: Contract) => Math.min(deadlineMs, 3000),
} as const;

const queuedWithinMs = 5000;

export const lostByFin = scenario<ClientStage>({
  ...common,
  id: 'lost/fin',
  title: 'the server closes the connection (FIN) without a notice, between two exchanges',
  impossible: neverBetween,
  async play({ client, server, habits }) {
    await client.starts();
    await client.hadReplies(repliesBefore(habits));
    client.notesProcessor();
    await server.leaves('fin');
    await client.copes();
  },
});

export const lostInsteadOfReply = scenario<ClientStage>({
  ...common,
  id: 'lost/fin-instead-of-reply',
  title: 'the server closes the connection (FIN) of a client that waits for a reply',
  async play({ client, server, habits }) {
    const request = requestToPlay(habits);
    await client.starts({ answers: request - 1 });
    await client.asked(request);
    client.notesProcessor();
    await server.becomes({});
    await server.leaves('fin');
    await client.copes();
  },
});

export const lostByReset = scenario<ClientStage>({
  ...common,
  id: 'lost/rst',
  title: 'the server resets the connection of a client that waits for a reply',
  async play({ client, server, habits }) {
    const request = requestToPlay(habits);
    await client.starts({ answers: request - 1 });
    await client.asked(request);
    client.notesProcessor();
    await server.becomes({});
    await server.leaves('rst');
    await client.copes();
  },
});

export const lostByKill = scenario<ClientStage>({
  ...common,
  id: 'lost/killed',
  title: 'the server dies by SIGKILL with nothing unread (the kernel sends FIN); a new one takes its place',
  async play({ client, server, habits }) {
    // Its request has been read, and it sends nothing more: nothing can be unread.
    const request = requestToPlay(habits);
    await client.starts({ answers: request - 1 }, { mortal: true });
    await client.asked(request);
    client.notesProcessor();
    await server.dies();
    await client.copes();
  },
});

export const lostByKillUnread = scenario<ClientStage>({
  ...common,
  id: 'lost/killed-unread',
  title: 'the server dies by SIGKILL with a request unread (the kernel sends RST); a new one takes its place',
  impossible: (possibilities) =>
    neverBetween(possibilities) ??
    (possibilities.survey.habits?.requests === 1 ? 'the client sends no second request' : undefined),
  async play({ client, server, moment }) {
    await client.starts({}, { mortal: true });
    await client.hadReplies(1);
    server.freezes();
    if (!(await server.isQueued(queuedWithinMs + client.patienceMs)))
      throw new MomentMissed('a request lies unread in the queue of the server', 'it was not seen');
    moment('a request lies unread in the queue of the server');
    client.notesProcessor();
    await server.dies();
    await client.copes();
  },
});

export const lostAgain = scenario<ClientStage>({
  ...common,
  id: 'lost/turned-away',
  title: 'the server closes the connection, and every new one at once',
  async play({ client, server, habits }) {
    const request = requestToPlay(habits);
    await client.starts({ answers: request - 1 });
    await client.asked(request);
    client.notesProcessor();
    await server.becomes({ turnsAway: true });
    await server.leaves('fin');
    await client.copes({ connectsAgain: false });
  },
});
