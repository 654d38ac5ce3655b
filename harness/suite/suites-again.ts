import type { Report } from '../../reports/report.js';
import { areaOf } from '../../reports/requirement-text.js';
import { UsageError } from '../errors.js';
import { parseSuites } from '../options/suite.js';

import type { LoadedSuite } from './own-suites.js';

/** A report that is judged again, and the file that it is from. */
interface Former {
  readonly name: string;
  readonly report: Pick<Report, 'judged' | 'verdicts'>;
}

/**
 * The suites by which reports are judged again. A verdict on a requirement of one's own would be lost without its suite,
 * and a gate be passed that was not: that is refused. What a suite that is named no longer has is today's decision.
 *
 * @param given - the values of `--suite`
 * @throws UsageError as `loadSuites` does, and where a suite is missing
 */
export async function suitesAgain(
  given: readonly string[],
  formers: readonly Former[],
): Promise<readonly LoadedSuite[]> {
  const suites =
    given.length === 0 ? [] : await (await import('./own-suites.js')).loadSuites(parseSuites('suite', given));
  const { allRequirements } = await import('../../suites/requirements/all.js');
  const own = suites.flatMap(({ requirements, scenarios }) => [...requirements, ...scenarios]);
  const areas = new Set([...allRequirements, ...own].map(({ id }) => areaOf(id)));
  for (const { name, report } of formers) {
    const ids = [...(report.judged ?? []), ...report.verdicts.map(({ requirement }) => requirement)];
    const lost = ids.find((id) => !areas.has(areaOf(id)));
    if (lost === undefined) continue;
    throw new UsageError({
      option: 'suite',
      expected: `the suite of ${lost}, by which ${name} was judged`,
      given: given.length === 0 ? 'none' : `only ${given.join(', ')}`,
      fix: 'add --suite <module> as in that test: otherwise its verdicts would be lost',
    });
  }
  return suites;
}
