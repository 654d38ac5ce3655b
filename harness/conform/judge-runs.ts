import type { Verdict } from '../../reports/report.js';
import { judgeAll } from '../../suites/judge.js';
import { judgePart } from '../../suites/judge-part.js';
import type { Requirement } from '../../suites/requirement.js';
import type { Recording } from '../recording/recording.js';

/** A verdict, and whether playing its run once more, alone, may settle it. */
export interface JudgedVerdict {
  readonly verdict: Verdict;
  readonly straddles: boolean;
  /** The run that it was compared with, where that one's error bar counts too. */
  readonly comparedWith?: string | undefined;
}

/**
 * All verdicts on these recordings, in the report's form. With `isPart` more were played elsewhere: what depends on them is
 * left open.
 */
export function judgeRuns(
  recordings: readonly Recording[],
  requirements: readonly Requirement[],
  { isPart = false }: { readonly isPart?: boolean } = {},
): JudgedVerdict[] {
  const judged = isPart ? judgePart(recordings, requirements) : judgeAll(recordings, requirements);
  return judged.map(({ requirement, recording, level, judgement }) => {
    const base = {
      id: `${requirement.id}@${recording.run.id}`,
      requirement: requirement.id,
      run: recording.run.id,
      level,
      outcome: judgement.outcome,
      message: judgement.message,
    };
    const evidence = judgement.outcome === 'not-applicable' ? [] : judgement.evidence;
    const straddles = judgement.outcome === 'untested' && judgement.straddles === true;
    if (judgement.outcome === 'untested')
      return { verdict: { ...base, evidence }, straddles, comparedWith: judgement.comparedWith };
    if (judgement.outcome !== 'fail') return { verdict: { ...base, evidence }, straddles };
    const { expected, observed, comparedWith } = judgement;
    const compared = comparedWith === undefined ? {} : { comparedWith };
    return { verdict: { ...base, expected, observed, ...compared, evidence }, straddles };
  });
}
