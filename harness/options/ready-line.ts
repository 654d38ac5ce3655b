import { shown, UsageError } from '../errors.js';

/** The line of output that also says "ready", as a regular expression without memory between its uses. */
export function parseReadyLine(option: string, value: string | RegExp): RegExp {
  // With g or y a RegExp continues where its last match ended, and would miss the line in the next instance's output.
  if (value instanceof RegExp) return new RegExp(value.source, value.flags.replace(/[gy]/g, ''));
  const problem = value === '' ? 'an empty one fits any output' : problemOf(value);
  if (problem === undefined) return new RegExp(value);
  throw new UsageError({
    option,
    expected: 'a regular expression',
    given: shown(value),
    fix: `${problem}; a letter with a meaning of its own needs a backslash, such as \\( or \\[`,
  });
}

function problemOf(source: string): string | undefined {
  try {
    new RegExp(source);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
