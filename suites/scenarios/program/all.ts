import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import type { Scenario } from '../../scenario.js';
import { background } from './background.js';
import { brokenPipe } from './broken-pipe.js';
import { cleaningUp } from './cleaning-up.js';
import { handled } from './handled.js';
import { ignored } from './ignored.js';
import { midItem } from './mid-item.js';
import { peerGone } from './peer-gone.js';
import { working } from './working.js';

/** All scenarios for programs, by what they are about. */
export const programScenarioGroups: Readonly<Record<string, readonly Scenario<ProgramStage>[]>> = {
  'a program is stopped': [working, cleaningUp, midItem, background],
  'a program is sent other signals': [handled, ignored],
  'what a program writes to is closed': [...brokenPipe, peerGone],
};

export const programScenarios: readonly Scenario<ProgramStage>[] =
  Object.values(programScenarioGroups).flat();
