import { firstEdition } from '../../suites/requirement.js';
import type { Catalogue } from '../commands/engine.js';
import { parseSuites, type SuiteOption } from '../options/suite.js';
import { loadSuites } from './own-suites.js';

/** The built-in texts, and those of suites: for all kinds of target. @throws UsageError as `loadSuites` does */
export async function withOwnTexts(builtIn: Catalogue, given: SuiteOption): Promise<Catalogue> {
  const suites = await loadSuites(parseSuites('suite', given));
  return {
    requirements: [
      ...builtIn.requirements,
      ...suites.flatMap(({ requirements }) =>
        requirements.map((one) => ({ ...one, since: one.since ?? firstEdition, sources: one.sources ?? [] })),
      ),
    ],
    scenarios: [
      ...builtIn.scenarios,
      ...suites.flatMap(({ name, scenarios }) =>
        scenarios.map(({ id, title }) => ({ id, title, group: `of ${name}` })),
      ),
    ],
  };
}
