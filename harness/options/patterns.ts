import { shown, UsageError } from '../errors.js';
import { suggest } from './suggestion.js';

/** One glob or several; each must be able to match something. */
export function parsePatterns(option: string, value: string | readonly string[]): string[] {
  const patterns = typeof value === 'string' ? [value] : [...value];
  for (const pattern of patterns) {
    const problem = problemOf(pattern);
    if (problem === undefined) continue;
    throw new UsageError({
      option,
      expected: 'the id of a run, scenario or requirement, in which *, ? and {a,b} are wildcards',
      given: shown(pattern),
      fix: problem,
    });
  }
  return [...new Set(patterns)];
}

function problemOf(pattern: string): string | undefined {
  if (pattern.trim() === '') return "write an id or a pattern, such as idle-clients/SIGTERM or 'notice.*'";
  if (/\s/.test(pattern)) return 'take the spaces out: ids have none; say the option once for each pattern';
  let depth = 0;
  for (const letter of pattern) {
    if (letter === '{') depth++;
    if (letter === '}') depth--;
    if (depth < 0 || depth > 1) break;
  }
  return depth === 0 ? undefined : 'close each { with a }, one at a time: {idle,busy}-clients';
}

/**
 * Whether a whole id fits a glob. `*` is any text (also with `/` and `.` in it: ids are no paths), `?` any one letter,
 * `{a,b}` either. Everything else is itself.
 */
export function compileGlob(pattern: string): (id: string) => boolean {
  let source = '';
  let inBraces = false;
  for (const letter of pattern) {
    if (letter === '{') inBraces = true;
    if (letter === '}') inBraces = false;
    source += translate(letter, inBraces);
  }
  const expression = new RegExp(`^${source}$`, 'su');
  return (id) => expression.test(id);
}

function translate(letter: string, inBraces: boolean): string {
  if (letter === '*') return '.*';
  if (letter === '?') return '.';
  if (letter === '{') return '(?:';
  if (letter === '}') return ')';
  if (letter === ',' && inBraces) return '|';
  return letter.replace(/[\\^$.|+()[\]]/, '\\$&');
}

/** A pattern that selects nothing is a misspelling: testing nothing must not look like success. */
export function patternMatchedNothing(
  option: string,
  pattern: string,
  candidates: readonly string[],
): UsageError {
  return new UsageError({
    option,
    expected: 'a pattern that matches at least one planned run, scenario or requirement',
    given: shown(pattern),
    fix: fixFor(pattern, candidates),
  });
}

function fixFor(pattern: string, candidates: readonly string[]): string {
  // In a pattern with wildcards only the letters can be misspelt: compare these.
  const near = suggest(pattern, candidates) ?? suggest(pattern.replace(/[*?{}]/g, ''), candidates);
  if (near !== undefined) return `did you mean ${near}?`;
  const part = pattern.replace(/^\W+|\W+$/g, '');
  const containing = part === '' ? undefined : candidates.find((candidate) => candidate.includes(part));
  return containing === undefined
    ? '`signal-conformance list` shows all ids; a run is <scenario>/<signal>'
    : `did you mean '*${part}*', which matches ${containing}?`;
}
