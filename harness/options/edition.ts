import type { GateEdition } from '../../reports/gate.js';
import type { Requirement } from '../../suites/requirement.js';
import { shown, UsageError } from '../errors.js';

/**
 * The edition of the requirements that a gate asks for.
 *
 * @param thisYear - a later one than this is not written yet
 * @throws UsageError where it is no year, before the first edition, or in the future
 */
export function parseEdition(
  text: string,
  requirements: readonly Pick<Requirement, 'id' | 'since'>[],
  thisYear: number,
): GateEdition {
  const years = [...new Set(requirements.map(({ since }) => since))].sort((a, b) => a - b);
  const [first = thisYear] = years;
  const last = Math.max(thisYear, ...years);
  const year = Number(text);
  if (!/^\d{4}$/.test(text) || year < first || year > last)
    throw new UsageError({
      option: 'edition',
      expected: `a year from ${first}, the first edition, to ${last}`,
      given: shown(text),
      fix: `write one with requirements of its own (${years.join(', ')}), or leave it out: then all count`,
    });
  const later = requirements.filter(({ since }) => since > year).map(({ id }) => id);
  return { year, later: new Set(later) };
}
