import { shown, UsageError } from '../errors.js';
import type { LoadedSuite } from './own-suites.js';

/**
 * Ids are the interface: patterns, baselines and reports name requirements and scenarios by them. So each is there once,
 * and none is in an area of the package, where a later version may put one of its own.
 *
 * @throws UsageError for the first that is taken
 */
export async function checkIds(option: string, suites: readonly LoadedSuite[]): Promise<void> {
  if (suites.length === 0) return;
  const { allRequirements } = await import('../../suites/requirements/all.js');
  const areas = new Set(allRequirements.map(({ id }) => areaOf(id)));
  const taken = new Map<string, string>();
  for (const { name, requirements, scenarios } of suites) {
    for (const { id } of [...requirements, ...scenarios]) {
      if (areas.has(areaOf(id)))
        throw new UsageError({
          option,
          expected: `an id in an area of your own in ${name}`,
          given: `${shown(id)}, where ${areaOf(id)} is an area of signal-conformance`,
          fix: `write another word before the point, such as that of your project: my-${id}`,
        });
      const other = taken.get(id);
      if (other !== undefined)
        throw new UsageError({
          option,
          expected: 'an id for each requirement and scenario that no other has',
          given: `${shown(id)} in ${name}${other === name ? ', twice' : ` and in ${other}`}`,
          fix: 'rename one of them',
        });
      taken.set(id, name);
    }
  }
}

function areaOf(id: string): string {
  return id.split('.', 1)[0] as string;
}
