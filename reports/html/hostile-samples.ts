import type { Report } from '../report.js';
import type { RequirementText } from '../requirement-text.js';
import { hostile } from '../samples.js';

/** For tests: what a hostile target might write to take over the reader's browser. Each would set `window.hacked`. */
const forBrowsers = [
  hostile,
  '</script><script>window.hacked=1</script>',
  '</style><style>*{display:none}</style>',
  '<img src=x onerror="window.hacked=2">',
  '"><svg onload=window.hacked=3>',
  "' onmouseover='window.hacked=4' x='",
  '<!-- ]]> --!>',
  '&lt;script&gt;',
  'javascript:window.hacked=5',
  '{{constructor.constructor("window.hacked=6")()}}',
].join(' ');

/** The same value with all of its free texts, ids included, followed by what is hostile. */
function poisoned<Value>(value: Value, key = ''): Value {
  if (typeof value === 'string') return (keptKeys.has(key) ? value : `${value}${forBrowsers}`) as Value;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, key)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, poisoned(inner, name)]),
  ) as Value;
}
// What the harness itself writes, from a list of its own.
const keptKeys: ReadonlySet<string> = new Set(['type', 'outcome', 'level', 'schema', 'kind', 'state']);

export const poisonedReport = (report: Report): Report => poisoned(report);
export const poisonedTexts = (texts: readonly RequirementText[]): readonly RequirementText[] =>
  poisoned(texts);
