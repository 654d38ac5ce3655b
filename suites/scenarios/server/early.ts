import type { SignalName } from '../../../harness/contract/signal-name.js';
import type { Stage } from '../../../harness/stage/stage.js';
import { gridPlaces } from '../../../harness/stage/start-grid.js';
import { type Scenario, scenario } from '../../scenario.js';

function early(
  id: string,
  title: string,
  start: (stage: Stage) => Promise<void>,
  more: Partial<Scenario> = {},
): Scenario {
  return scenario({
    id,
    family: 'early',
    title,
    core: true,
    early: true,
    expectedMs: () => 100,
    async play(stage) {
      await start(stage);
      await stage.server.exit();
    },
    ...more,
  });
}

/** The program is executed, and has run next to nothing of its own code. */
export const earlySpawned = early(
  'early-spawned',
  'the signal as soon as the process exists',
  ({ server, signal }) => server.signalledStart.atOnce(signal),
);

/** Its handler is there; whatever the handler relies on may not be. */
export const earlyHandler = early(
  'early-handler',
  'the signal as soon as a handler for it is installed',
  ({ server, signal, contract, survey }) =>
    server.signalledStart.at(signal, async () => {
      // CPython handles SIGINT from its own start on: that the program has come to its handlers is seen in the others.
      const others = signal === 'SIGINT' ? contract.stopSignals : [];
      for (const other of others) if (survey.handled.includes(other)) await server.handlerInstalled(other);
      await server.handlerInstalled(signal);
    }),
  {
    impossible: ({ survey }, signal: SignalName) =>
      survey.handled.includes(signal) ? undefined : `no process of the target handles ${signal}`,
  },
);

/** The socket is bound, and nobody has been accepted yet. */
export const earlyBound = early(
  'early-bound',
  'the signal as soon as the target listens',
  ({ server, signal }) => server.signalledStart.at(signal, () => server.bound()),
  {
    impossible: ({ contract }) =>
      contract.protocol === 'none' ? 'the protocol is `none`: the target may not listen at all' : undefined,
  },
);

/**
 * What happens between the moments that can be observed (a flag that is reset, handlers that are replaced, a start that
 * takes a while) is found only by trying: so the signal comes at places all over the start.
 */
export const earlyGrid = early(
  'early-grid',
  `the signal at ${gridPlaces} places of the start-up, more of them around the installation of its handler`,
  ({ server, signal, place = 1, placeAt }) => server.signalledStart.atPlace(signal, place, placeAt),
  { core: false, places: gridPlaces },
);
