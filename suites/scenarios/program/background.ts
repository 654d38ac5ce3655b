import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import { scenario } from '../../scenario.js';

/** A shell without job control starts `program &` so: SIGINT and SIGQUIT are ignored from the first instruction on. */
export const background = scenario<ProgramStage>({
  id: 'background',
  title: 'started with SIGINT ignored, as a shell starts its background jobs; then the stop signal',
  signals: ({ stopSignals }) => stopSignals.filter((signal) => signal === 'SIGTERM'),
  expectedMs: () => 100,
  async play({ program, signal }) {
    await program.ready({ ignored: ['SIGINT'] });
    program.send(signal);
    await program.release(signal);
    await program.exit();
  },
});
