import { nowMs } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import type { SignalName } from '../contract/signal-name.js';
import type { ClientHabits } from '../survey/client-habits.js';
import type { OpenedStage, StageContext } from './play.js';
import { PlayedSide } from './played-side.js';
import { TestedClient } from './tested-client.js';

/** All that a scenario for clients can do. It starts the client itself, since it says how the server is to be. */
export interface ClientStage {
  readonly client: TestedClient;
  readonly server: PlayedSide;
  readonly contract: Contract;
  readonly habits: ClientHabits;
  /** The signal of this run; the first stop signal where it has none. */
  readonly signal: SignalName;
  /** Notes a fact that the scenario has waited for. */
  moment(words: string): void;
}

/** The stage for clients: a fresh instance of the target, and a server that is played for it. */
export async function openClientStage(context: StageContext): Promise<OpenedStage<ClientStage>> {
  const { session, recorder, survey, key, run } = context;
  const { contract, habits } = survey;
  if (habits === undefined) throw new Error('the survey of a client says nothing of its habits');
  const port = survey.ports === 'fixed' ? survey.address.port : await session.ports.next();
  const common = { session, recorder, key, contract, habits, port };
  const server = new PlayedSide(common);
  const client = new TestedClient({ ...common, server });
  const [stopSignal = 'SIGTERM'] = contract.stopSignals;
  return {
    stage: {
      client,
      server,
      contract,
      habits,
      signal: run.signal ?? stopSignal,
      moment: (words) => recorder.add({ type: 'moment', moment: words, atMs: nowMs() }),
    },
    ready: async () => {},
    settle: () => server.settles(),
    async close() {
      await client.cleanUp();
      await server.settles();
      await server.closes();
    },
  };
}
