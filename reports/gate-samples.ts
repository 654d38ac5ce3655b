import type { Gate } from './gate.js';
import { nonconformant } from './samples.js';

/** For tests: gates that let some of the sample `nonconformant` pass, written by hand. */

const listed = (id: string, reason: string, message = messageOf(id)) =>
  ({ id, outcome: 'fail', reason, message }) as const;

function messageOf(id: string): string {
  const verdict = nonconformant.verdicts.find((one) => one.id === id);
  if (verdict === undefined) throw new Error(`the sample has no verdict ${id}`);
  return verdict.message;
}

/** Known with a reason and without, for another reason, passing by now, not played; and what an update said. */
export const withBaseline: Gate = {
  strict: true,
  baseline: {
    name: 'signals.baseline.json',
    isWholePlan: true,
    known: [
      listed('deadline.holds@idle-clients/SIGTERM', 'TICKET-1', 'It was still there 3 s after SIGTERM.'),
      listed('deadline.holds@stuck-client/SIGTERM', 'TICKET-2: the pool of workers is rewritten in spring'),
      listed('exit.status@busy-clients/SIGTERM', '', 'It died by SIGSEGV.'),
      listed('notice.every-client@busy-clients/SIGTERM', ''),
      listed('notice.every-client@gone/SIGTERM', '', '1 of 1 client was never told: gone-1.'),
      listed('notice.every-client@idle-clients/SIGTERM', ''),
    ],
    remarks: ['signals.baseline.json was made with another command: node old-server.js'],
  },
};

/** All that is listed is so, and all that is not is of a later edition than the gate's. */
export const allAccepted: Gate = {
  strict: false,
  edition: { year: 2026, later: new Set(['output.no-traceback', 'stop.acknowledged']) },
  baseline: {
    name: 'signals.baseline.json',
    isWholePlan: true,
    known: [
      listed('deadline.holds@stuck-client/SIGTERM', 'TICKET-2: the pool of workers is rewritten in spring'),
      listed('notice.every-client@busy-clients/SIGTERM', ''),
      listed('notice.every-client@idle-clients/SIGTERM', ''),
    ],
  },
};
