import { scenario } from '../../scenario.js';
import { needsClients } from './possible.js';
import { connectStuckClient } from './stuck.js';

const apartMs = 50;

/** A terminal hangs up after Ctrl+C, a supervisor sends its own signal after that of a person: the stop is one. */
export const mixedSignals = scenario({
  id: 'mixed-signals',
  title: `a stop signal, and another one ${apartMs} ms later, with a stuck client beside an idle one`,
  impossible: needsClients,
  // With signals that do not mean "stop" other scenarios are played: one that kills does so here too.
  thenSignals: ({ stopSignals }) => stopSignals,
  expectedMs: ({ deadlineMs }) => deadlineMs * 1.1,
  async play(stage) {
    const { server, signal, thenSignal = signal } = stage;
    await connectStuckClient(stage);
    server.send(signal);
    if (await server.aliveAt(apartMs)) server.send(thenSignal);
    await server.exit();
  },
});
