import type { BuiltInRequirement } from '../../requirement.js';
import { programBackground } from './background.js';
import { programBrokenPipe } from './broken-pipe.js';
import { programBrokenPipeOnlyStdout } from './broken-pipe-only-stdout.js';
import { programFinishesItem } from './finishes-item.js';
import { programHandled } from './handled.js';
import { programRepeat } from './repeat.js';
import { programStops } from './stops.js';

import { programSurvives } from './survives.js';

/** What is demanded of programs. */
export const programRequirements: readonly BuiltInRequirement[] = [
  programStops,
  programRepeat,
  programFinishesItem,
  programHandled,
  programSurvives,
  programBrokenPipe,
  programBrokenPipeOnlyStdout,
  programBackground,
];
