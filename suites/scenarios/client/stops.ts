import type { ClientStage } from '../../../harness/stage/client-stage.js';
import { scenario } from '../../scenario.js';
import { neverBetween, repliesBefore, requestToPlay } from './moments.js';

/** Clients are small programs, and often handle one signal only: each is played. */
const common = { core: true } as const;

export const betweenExchanges = scenario<ClientStage>({
  ...common,
  id: 'between-exchanges',
  title: 'a stop signal to a client between two exchanges',
  impossible: neverBetween,
  async play({ client, habits, signal }) {
    const replies = repliesBefore(habits);
    // A further reply could come with the signal, and lie unread when the client closes.
    await client.starts({ answers: replies });
    await client.hadReplies(replies);
    client.send(signal);
    await client.endsBesideServer();
  },
});

export const whileExchanging = scenario<ClientStage>({
  ...common,
  id: 'while-exchanging',
  title: 'a stop signal to a client that exchanges without a pause, or makes a connection for each exchange',
  impossible: (possibilities) => {
    const { habits } = possibilities.survey;
    if (neverBetween(possibilities) === undefined)
      return 'the client pauses: between-exchanges is played instead';
    return habits?.endsByItself ? 'the client ends by itself after a few exchanges' : undefined;
  },
  async play({ client, habits, signal }) {
    await client.starts();
    await client.asked(habits.requests);
    client.send(signal);
    await client.ends();
  },
});

export const silentServer = scenario<ClientStage>({
  ...common,
  id: 'silent-server',
  title: 'a stop signal to a client whose server has stopped answering',
  impossible: ({ survey: { habits } }) =>
    habits?.requests === 1 ? 'the client sends one request only: silent-from-first is the same' : undefined,
  async play({ client, habits, signal }) {
    const request = requestToPlay(habits);
    await client.starts({ answers: request - 1 });
    await client.asked(request);
    await client.waits();
    client.send(signal);
    await client.ends();
  },
});

export const silentFromFirst = scenario<ClientStage>({
  ...common,
  id: 'silent-from-first',
  title: 'a stop signal to a client whose server accepts, and never says anything',
  async play({ client, signal }) {
    await client.starts({ answers: 0 });
    await client.waits();
    client.send(signal);
    await client.ends();
  },
});

export const serverIsGone = scenario<ClientStage>({
  ...common,
  id: 'server-is-gone',
  title: 'a stop signal to a client that finds no server to connect to',
  impossible: ({ contract }) =>
    contract.afterNotice === 'reconnect'
      ? undefined
      : 'the contract does not say that the client connects again',
  async play({ client, server, habits, signal }) {
    const request = requestToPlay(habits);
    await client.starts({ answers: request - 1 });
    await client.asked(request);
    await server.stopsListening();
    await server.leaves('fin');
    await client.livesWithoutServer();
    client.send(signal);
    await client.ends();
  },
});
