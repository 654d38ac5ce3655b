import type { TargetKind } from '../contract/contract.js';
import type { Suite } from '../kinds.js';
import type { Settings } from '../options/settings.js';
import type { LoadedSuite } from './own-suites.js';

/** The suites that settings name; loads nothing where they name none. @throws UsageError as `loadSuites` does */
export async function ownSuitesOf({ suites = [] }: Settings): Promise<readonly LoadedSuite[]> {
  return suites.length === 0 ? [] : (await import('./own-suites.js')).loadSuites(suites);
}

/** The built-in suite of a kind, and what the suites of one's own add to it. */
export async function withOwn(
  builtIn: Suite,
  kind: TargetKind,
  suites: readonly LoadedSuite[],
): Promise<Suite> {
  if (suites.length === 0) return builtIn;
  const { requirements, scenarios, remarks } = (await import('./own-suites.js')).partsFor(kind, suites);
  return {
    ...builtIn,
    requirements: [...builtIn.requirements, ...requirements],
    scenarios: [...builtIn.scenarios, ...scenarios],
    remarks: [...(builtIn.remarks ?? []), ...remarks],
  };
}
