import { scenario } from '../../scenario.js';
import { needsClients } from './possible.js';
import { connectStuckClient } from './stuck.js';

/** When the second signal is sent, and how soon after it the target should be gone, in milliseconds. */
const secondAfterMs = 1000;
const atOnceMs = 500;

/** A person at a terminal who presses Ctrl+C a second time means it. */
export const secondInterrupt = scenario({
  id: 'second-interrupt',
  title: 'SIGINT, and again after 1 s, with a stuck client',
  signals: ({ stopSignals }) => (stopSignals.includes('SIGINT') ? ['SIGINT'] : []),
  impossible: (possibilities) => {
    const { deadlineMs, toleranceMs } = possibilities.contract;
    const short = deadlineMs - toleranceMs <= secondAfterMs + atOnceMs;
    return (
      needsClients(possibilities) ??
      (short ? 'the deadline is too short to tell a forced end from it' : undefined)
    );
  },
  expectedMs: () => secondAfterMs + atOnceMs,
  async play(stage) {
    const { server, signal } = stage;
    await connectStuckClient(stage);
    server.send(signal);
    if (await server.aliveAt(secondAfterMs)) server.send(signal);
    await server.exit();
  },
});
