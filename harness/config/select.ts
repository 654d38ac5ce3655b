import { shown, UsageError } from '../errors.js';
import { compileGlob, parsePatterns } from '../options/patterns.js';
import { didYouMean } from '../options/suggestion.js';
import type { ConfiguredTarget } from './check.js';

/**
 * The targets that fit one of the globs, in the order of the file; without a glob all.
 *
 * @throws UsageError for a glob that fits none: testing nothing must not look like success
 */
export function selectTargets(
  targets: readonly ConfiguredTarget[],
  globs: readonly string[],
): readonly ConfiguredTarget[] {
  if (globs.length === 0) return targets;
  const names = targets.flatMap(({ name }) => (name === undefined ? [] : [name]));
  const fits = parsePatterns('target', globs).map((glob) => ({ glob, matches: compileGlob(glob) }));
  const useless = fits.find(({ matches }) => !names.some(matches));
  if (useless !== undefined)
    throw new UsageError({
      option: 'target',
      expected: names.length > 0 ? `a target of the file: ${names.join(', ')}` : 'a file with named targets',
      given: shown(useless.glob),
      fix:
        names.length > 0 ? didYouMean(useless.glob, names, 'write one of these names') : 'leave --target out',
    });
  return targets.filter(({ name = '' }) => fits.some(({ matches }) => matches(name)));
}
