import * as v from 'valibot';
import type { OwnRequirement } from '../../suites/own.js';
import { firstEdition, type Judgement, type Requirement } from '../../suites/requirement.js';
import { shown } from '../errors.js';
import type { Recording } from '../recording/recording.js';
import { inWords } from './fault.js';
import { frozenCopy } from './frozen-copy.js';

const base = {
  message: v.pipe(v.string(), v.nonEmpty()),
  evidence: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
};
const comparedWith = v.exactOptional(v.string());
const judgementShape = v.variant('outcome', [
  v.strictObject({ outcome: v.literal('pass'), ...base }),
  v.strictObject({
    outcome: v.literal('fail'),
    ...base,
    expected: v.string(),
    observed: v.string(),
    comparedWith,
    level: v.exactOptional(v.picklist(['MUST', 'SHOULD', 'MAY'])),
  }),
  v.strictObject({
    outcome: v.literal('untested'),
    ...base,
    straddles: v.exactOptional(v.boolean()),
    comparedWith,
  }),
  v.strictObject({ outcome: v.literal('not-applicable'), message: base.message }),
]);

/**
 * A requirement of a suite, as the judge of all may call it. Where its own code throws or answers nonsense, the verdict
 * is `untested` and names the suite: a fault of the suite says nothing about the target, neither good nor bad.
 */
export function guardRequirement(given: OwnRequirement, suite: string): Requirement {
  /** Recordings on which it could not even say whether it applies. */
  const faults = new WeakMap<Recording, Judgement>();
  const faulty = (what: string, problem: string): Judgement => ({
    outcome: 'untested',
    message: `${what} of ${given.id} is at fault, and not the target: ${problem} (suite ${suite})`,
    evidence: [],
  });
  return {
    ...given,
    since: given.since ?? firstEdition,
    sources: given.sources ?? [],
    notApplicable(recording) {
      if (given.notApplicable === undefined) return undefined;
      try {
        const reason: unknown = given.notApplicable(frozenCopy(recording));
        if (reason === undefined || (typeof reason === 'string' && reason !== '')) return reason;
        ignorePromise(reason);
        faults.set(recording, faulty('notApplicable()', `it returned ${nonsense(reason)}`));
      } catch (error) {
        faults.set(recording, faulty('notApplicable()', inWords(error)));
      }
      return undefined;
    },
    judge(recording, siblings) {
      const fault = faults.get(recording);
      if (fault !== undefined) return fault;
      try {
        const judgement: unknown = given.judge(frozenCopy(recording), siblings.map(frozenCopy));
        const problem = problemOf(judgement, recording);
        return problem === undefined ? (judgement as Judgement) : faulty('judge()', problem);
      } catch (error) {
        return faulty('judge()', inWords(error));
      }
    },
  };
}

function problemOf(judgement: unknown, { events }: Recording): string | undefined {
  ignorePromise(judgement);
  if (judgement instanceof Promise) return `it returned ${nonsense(judgement)}`;
  const { success, issues, output } = v.safeParse(judgementShape, judgement);
  if (!success) {
    const [issue] = issues;
    const place = v.getDotPath(issue);
    if (place === null) return `it returned ${nonsense(judgement)}, and no judgement`;
    return `it returned a judgement whose ${place} is ${shown(issue.input)}`;
  }
  const beyond =
    output.outcome === 'not-applicable' ? undefined : output.evidence.find((index) => index >= events.length);
  return beyond === undefined
    ? undefined
    : `its evidence names event ${beyond}, and the recording has ${events.length}`;
}

function nonsense(value: unknown): string {
  return value instanceof Promise ? 'a promise (a judge is no async function)' : shown(value);
}

/** A rejection that nobody awaits would end this process. */
function ignorePromise(value: unknown): void {
  if (value instanceof Promise) value.catch(() => {});
}
