import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import { scenario } from '../../scenario.js';

/** The program has written to the peer that left, or has read its end: it holds the socket no more. */
export const hasNoticed = 'it has closed its end too';

/** A program may have sockets too: one that it listens on can be reached, and a peer that leaves be played. */
export const peerGone = scenario<ProgramStage>({
  id: 'peer-gone',
  title: 'somebody connects to a socket that the program listens on, and leaves; then the stop signal',
  signals: () => [null],
  impossible: ({ survey }) =>
    survey.addresses.length > 0
      ? undefined
      : 'the program listens on no TCP port: connections that it makes itself cannot be broken from outside',
  async play({ program, stopSignal, moment }) {
    await program.ready();
    const noticed = await program.peersLeave();
    if (noticed && !program.gone) moment(hasNoticed);
    if (!program.gone) program.send(stopSignal);
    await program.exit();
  },
});
