import type { OwnSuite } from '../../suites/own.js';
import { shown, UsageError } from '../errors.js';

/** What the option `suite` may be. */
export type SuiteOption = string | OwnSuite | readonly (string | OwnSuite)[];

/** The suites as a list. What a name stands for is looked up when the suites are loaded. */
export function parseSuites(option: string, given: SuiteOption): readonly (string | OwnSuite)[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  for (const one of list) {
    if (typeof one === 'string' || (typeof one === 'object' && one !== null && !Array.isArray(one))) continue;
    throw new UsageError({
      option,
      expected: 'the path of a module, a package, or an object with requirements or scenarios',
      given: shown(one),
      fix: 'write ./my-suite.mjs, or what import * as suite gives',
    });
  }
  return list as readonly (string | OwnSuite)[];
}
