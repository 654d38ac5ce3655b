import * as v from 'valibot';
import { shown, UsageError } from '../errors.js';
import { didYouMean } from '../options/suggestion.js';

/** How a target's tests are named, and when they fail. */
export interface ConformanceSettings {
  /** Of the `describe`. Default: the command. */
  readonly name?: string | undefined;
  /** A failed SHOULD fails its test too. Default: false. */
  readonly strict?: boolean | undefined;
  /** How long the selected runs may take altogether, in milliseconds. Default: a minute, and twice what all of the plan take one after the other. */
  readonly limitMs?: number | undefined;
}

/** What a timer of Node.js can wait for, and time to end things after it; in milliseconds. */
export const longestLimitMs = 2_000_000_000;
const limit = `a number of milliseconds from 1 to ${longestLimitMs}`;

const shape = v.strictObject(
  {
    name: v.optional(v.pipe(v.string('a text'), v.nonEmpty('a text that is not empty'))),
    strict: v.optional(v.boolean('true or false')),
    limitMs: v.optional(v.pipe(v.number(limit), v.minValue(1, limit), v.maxValue(longestLimitMs, limit))),
  },
  'an object with settings',
);

/** @throws UsageError for the first mistake */
export function checkSettings(given: ConformanceSettings): ConformanceSettings {
  const result = v.safeParse(shape, given);
  if (result.success) return result.output;
  const [{ path, message, input }] = result.issues;
  const setting = path === undefined ? 'settings' : String(path[0].key);
  if (path !== undefined && !Object.hasOwn(shape.entries, setting))
    throw new UsageError({
      option: setting,
      expected: 'a known setting (the third argument)',
      given: shown(input),
      fix: didYouMean(setting, Object.keys(shape.entries), 'take it out, or move it to the options'),
    });
  throw new UsageError({
    option: setting,
    expected: message,
    given: shown(input),
    fix: 'write such a value, or leave it out',
  });
}
