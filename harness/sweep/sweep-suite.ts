import type { Scenario } from '../../suites/scenario.js';
import { isJudgedInSweep, sweepScenarios } from '../../suites/scenarios/sweep.js';
import type { Suite } from '../kinds.js';
import type { Settings } from '../options/settings.js';
import type { Session } from '../session.js';
import { openSweepStage } from '../stage/sweep-stage.js';
import type { Surveyed } from '../survey/surveyed.js';
import { countPlaces } from './count-places.js';

/**
 * What is played with `--sweep`: a run for each place, judged by what is demanded of the target's kind anyway.
 *
 * @throws UntestableError where strace cannot be used on this machine
 * @throws UsageError where a system call is not known
 */
export async function sweepSuite(
  suite: Suite,
  session: Session,
  settings: Settings,
  surveyed: Surveyed,
): Promise<Suite> {
  const { places, remarks } = await countPlaces(session, surveyed, settings.plan.sweep);
  const scenarios: readonly Scenario<never>[] = sweepScenarios(places);
  return {
    openStage: openSweepStage,
    scenarios: scenarios as readonly Scenario<unknown>[],
    requirements: suite.requirements.filter(({ id }) => isJudgedInSweep(id)),
    remarks: [...(suite.remarks ?? []), ...remarks],
  };
}
