import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import { scenario } from '../../scenario.js';

/** The plainest stop there is. */
export const working = scenario<ProgramStage>({
  id: 'working',
  title: 'one stop signal, while the program works',
  core: true,
  expectedMs: () => 100,
  async play({ program, signal }) {
    await program.ready();
    program.send(signal);
    await program.release(signal);
    await program.exit();
  },
});
