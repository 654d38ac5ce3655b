import type { Judgement } from '../requirement.js';
import type { Placed } from './stop.js';

/** The places of events, in order and without doubles; what is undefined is left out. */
export function places(...events: readonly (Placed | undefined)[]): number[] {
  const indexes = events.flatMap((placed) => (placed ? [placed.index] : []));
  return [...new Set(indexes)].sort((a, b) => a - b);
}

/** The promise was kept. */
export function pass(message: string, evidence: readonly number[]): Judgement {
  return { outcome: 'pass', message, evidence };
}

/** The promise was broken. `message`: one sentence that says what the target did, with times. */
export function fail(
  message: string,
  { expected, observed }: { readonly expected: string; readonly observed: string },
  evidence: readonly number[],
): Judgement {
  return { outcome: 'fail', message, expected, observed, evidence };
}

/** The promise does not concern this recording. */
export function notApplicable(message: string): Judgement {
  return { outcome: 'not-applicable', message };
}

/** The recording lacks a fact that the judge needs. */
export function untested(message: string, evidence: readonly number[] = []): Judgement {
  return { outcome: 'untested', message, evidence };
}

/** The error bar of a measurement straddles the bound: playing it again, alone, may tell. */
export function straddling(message: string, evidence: readonly number[], comparedWith?: string): Judgement {
  const doubt = 'the error bar of the measurement straddles the bound';
  return {
    outcome: 'untested',
    message: `${message}; ${doubt}`,
    evidence,
    straddles: true,
    ...(comparedWith === undefined ? {} : { comparedWith }),
  };
}

/** What a judge answers to a recording without a stop signal. */
export const noStop: Judgement = { outcome: 'not-applicable', message: 'no stop signal was sent' };

/** `a`, `a and b`, `a, b and c`; beyond `most` names the rest is counted. */
export function listed(names: readonly string[], most = 4): string {
  const shown = names.length > most ? [...names.slice(0, most - 1)] : [...names];
  if (shown.length < names.length) shown.push(`${names.length - shown.length} more`);
  const last = shown.pop() ?? '';
  return shown.length > 0 ? `${shown.join(', ')} and ${last}` : last;
}
