import { shown, UsageError } from '../errors.js';
import { didYouMean } from './suggestion.js';

/** One of a few words. */
export function oneOf<const Word extends string>(
  option: string,
  value: string,
  words: readonly Word[],
): Word {
  const known = words.find((word) => word === value);
  if (known !== undefined) return known;
  throw new UsageError({
    option,
    expected: `one of ${words.join(', ')}`,
    given: shown(value),
    fix: didYouMean(value, words, `write ${words.join(' or ')}`),
  });
}
