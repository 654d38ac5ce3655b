import type { Contract } from '../contract/contract.js';
import type { SignalName } from '../contract/signal-name.js';
import { PairClients } from './pair-clients.js';
import type { OpenedStage, StageContext } from './play.js';
import type { Server } from './server.js';
import { openServerStage } from './server-stage.js';

/** How many replies every client has had before anything is done. */
const servedBefore = 2;

/** All that a scenario for pairs can do. */
export interface PairStage {
  readonly server: Server;
  /** Processes of the client; all of them run, and have been served. */
  readonly clients: PairClients;
  readonly signal: SignalName;
  readonly contract: Contract;
  /** How long a client may take from one request to the next, in milliseconds. */
  readonly betweenRequestsMs: number;
  /** Notes a fact that the scenario has waited for. */
  moment(words: string): void;
}

/** The stage for pairs: that for servers, and processes of the client instead of the fleet's. */
export async function openPairStage(context: StageContext): Promise<OpenedStage<PairStage>> {
  const { session, recorder, survey, key } = context;
  const { client } = session.settings;
  if (client === undefined) throw new Error('a pair without a client');
  const opened = await openServerStage(context);
  const { server, signal, contract, moment, address } = { ...opened.stage, address: opened.address };
  const clients = new PairClients({ session, recorder, key, survey, address, client });
  const { startupTimeoutMs } = session.target;
  return {
    stage: { server, clients, signal, contract, moment, betweenRequestsMs: startupTimeoutMs },
    async ready() {
      await opened.ready();
      await clients.start(context.clients);
      await clients.served(servedBefore, startupTimeoutMs);
    },
    settle: () => opened.settle(),
    async close() {
      // The clients first: a server that is ended before them would be one more thing that happens to them.
      await clients.close();
      await opened.close();
    },
  };
}
