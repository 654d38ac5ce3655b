import type { Judgement } from '../requirement.js';
import { listed, notApplicable, pass, places, straddling, untested } from './judgements.js';
import type { Placed } from './stop.js';
import type { Certainty } from './time.js';

/** What was found about one client (or one request of it), where a requirement speaks of each of them. */
export interface Finding {
  readonly client: string;
  /** Whether it went as demanded. `unsure`: the error bar straddles the bound. `unknown`: a fact is missing. */
  readonly asDemanded: Certainty | 'unknown';
  /** What happened to this client, in one sentence that names it, without a full stop. */
  readonly sentence: string;
  /** The same as a short phrase, for the side-by-side view of expected and observed. */
  readonly observed: string;
  readonly evidence: readonly (Placed | undefined)[];
}

/** How the findings of a requirement are put into words. */
export interface Wording {
  readonly expected: string;
  /** When there is nothing to judge. */
  readonly none: string;
  /** When all went as demanded. */
  readonly well: (findings: readonly Finding[]) => string;
}

/** Evidence is for people: that of a few clients proves as much as that of a hundred. */
const mostClients = 3;

/**
 * One judgement of many findings: a certain failure outweighs a doubt, a doubt outweighs success. `stop` goes with the
 * evidence of a failure, since its times count from there.
 */
export function sumUp(findings: readonly Finding[], wording: Wording, stop?: Placed): Judgement {
  const broken = findings.filter(({ asDemanded }) => asDemanded === 'no');
  const [first] = broken;
  if (first) {
    return {
      outcome: 'fail',
      message: `${first.sentence}${others(first, broken)}.`,
      expected: wording.expected,
      observed: first.observed,
      evidence: proof(broken, stop),
    };
  }
  const doubt = findings.find(({ asDemanded }) => asDemanded === 'unsure');
  if (doubt) return straddling(doubt.sentence, places(stop, ...doubt.evidence));
  const gap = findings.find(({ asDemanded }) => asDemanded === 'unknown');
  if (gap) return untested(gap.sentence, places(stop, ...gap.evidence));
  if (findings.length === 0) return notApplicable(wording.none);
  return pass(wording.well(findings), proof(findings));
}

function proof(findings: readonly Finding[], stop?: Placed): number[] {
  return places(stop, ...findings.slice(0, mostClients).flatMap(({ evidence }) => evidence));
}

function others(first: Finding, broken: readonly Finding[]): string {
  const names = new Set(broken.map(({ client }) => client));
  names.delete(first.client);
  return names.size > 0 ? ` (and likewise ${listed([...names])})` : '';
}
