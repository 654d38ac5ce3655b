import type { Requirement } from '../suites/requirement.js';

/** What a renderer needs to know of a requirement. */
export type RequirementText = Pick<Requirement, 'id' | 'level' | 'statement' | 'because' | 'remedy'> &
  Partial<Pick<Requirement, 'sources'>>;

/** The area of a requirement: `notice` for `notice.every-client`. */
export function areaOf(requirement: string): string {
  return requirement.split('.', 1)[0] as string;
}
