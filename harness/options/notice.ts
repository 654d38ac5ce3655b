import { shown, UsageError } from '../errors.js';

/** The text that clients are sent at shutdown, or `false` for none. */
export function parseNotice(option: string, value: string | false): string | false {
  if (value !== '') return value;
  throw new UsageError({
    option,
    expected: 'the text that the target sends its clients at shutdown',
    given: shown(value),
    fix: 'write the text, such as SHUTDOWN, or say that there is no notice',
  });
}
