import type { SweepStage } from '../../harness/stage/sweep-stage.js';
import type { Place } from '../../harness/sweep/strace.js';
import { type Scenario, scenario } from '../scenario.js';

/** The signal at one place after the other: what a handler may interrupt is tried out call by call. */
export function sweepScenarios(places: readonly Place[]): Scenario<SweepStage>[] {
  return places.map((place) =>
    scenario<SweepStage>({
      id: `sweep-${place.syscall}-${place.number}`,
      family: 'sweep',
      title: `the signal on entering ${place.syscall} for the ${ordinal(place.number)} time`,
      early: true,
      play: (stage) => stage.playPlace(place),
    }),
  );
}

/** Each thread that comes to the place gets the signal: what later ones do is nobody's plan. */
export const isJudgedInSweep = (requirement: string): boolean =>
  !/^(?:repeat\.|deadline\.not-extended$)/.test(requirement);

function ordinal(number: number): string {
  const teens = number % 100 >= 11 && number % 100 <= 13;
  const ending = teens ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}
