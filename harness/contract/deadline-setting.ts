/** How the target is told its deadline, at each start. */
export interface DeadlineSetting {
  /** A variable of its environment. */
  readonly env?: string | undefined;
  /** `{deadline}` in its arguments. */
  readonly inArguments?: true | undefined;
  /** Whether it is told seconds or milliseconds. */
  readonly unit: DeadlineUnit;
}

export type DeadlineUnit = (typeof deadlineUnits)[number];
export const deadlineUnits = ['s', 'ms'] as const;

/** A deadline as the target is told it: `5`, `0.8` or `800`. */
export function inUnit(deadlineMs: number, unit: DeadlineUnit): string {
  return String(unit === 's' ? deadlineMs / 1000 : deadlineMs);
}

/** Shorter ones are over before the target has done what it does at its end. */
const shortestMs = 500;

/**
 * A second deadline for a target that can be told one: half as long, so that it costs no time; twice as long where half
 * is too short. Whole seconds stay whole, since many programs read a whole number.
 */
export function otherDeadlineMs(deadlineMs: number, unit: DeadlineUnit): number {
  const isWhole = unit === 's' && deadlineMs % 1000 === 0;
  const half = isWhole ? Math.floor(deadlineMs / 2000) * 1000 : Math.floor(deadlineMs / 2);
  return half >= shortestMs ? half : deadlineMs * 2;
}
