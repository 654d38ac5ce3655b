import { masked } from '../baseline/same-reason.js';
import type { Verdict } from '../report.js';
import { oneLine } from '../text/printable.js';
import { wrap } from '../text/wrap.js';
import { unlisted } from './accepted.js';
import { few, type View } from './view.js';

/** What was not tested, and why: first what a MUST demands, then the rest, by reason. */
export function untestedSection(view: View): string[] {
  const untested = unlisted(view).verdicts.filter(({ outcome }) => outcome === 'untested');
  const must = untested.filter(({ level }) => level === 'MUST');
  const other = untested.filter(({ level }) => level !== 'MUST');
  const { paint } = view;
  return [
    ...section(view, paint.yellow(paint.bold('NOT TESTED')), 'although a MUST demands it', must),
    ...section(view, paint.bold('NOT TESTED'), 'SHOULD and MAY', other),
  ];
}

/** Why requirements did not apply; too much for every day. */
export function notApplicableSection(view: View): string[] {
  const verdicts = view.report.verdicts.filter(({ outcome }) => outcome === 'not-applicable');
  return view.options.verbose ? section(view, view.paint.bold('NOT APPLICABLE'), '', verdicts) : [];
}

/** Scenarios that were planned away, by reason, and what else a reader should know. */
export function remarksSection({ report, columns, options }: View): string[] {
  const byReason = groupBy(report.notPlayed, ({ reason }) => reason);
  const notPlayed = [...byReason].flatMap(([reason, items]) => {
    const ids = items.map(({ id }) => id);
    return wrap(`not played: ${reason}: ${options.verbose ? ids.join(', ') : few(ids, 5)}`, columns, 0, 2);
  });
  const remarks = report.remarks.flatMap((remark) => wrap(`remark: ${remark}`, columns, 0, 2));
  return notPlayed.length + remarks.length === 0 ? [] : [...remarks, ...notPlayed, ''];
}

function section(view: View, title: string, addition: string, verdicts: readonly Verdict[]): string[] {
  if (verdicts.length === 0) return [];
  const head = addition === '' ? title : `${title}  (${addition})`;
  if (view.options.quiet) return [`${head}: ${verdicts.length}`];
  // What differs in figures only is one reason.
  const key = ({ message }: Verdict) => (view.options.verbose ? message : masked(message));
  const entries = [...groupBy(verdicts, key).values()].flatMap((group) =>
    entry(view, reasonOf(group), group),
  );
  return [head, ...entries, ''];
}

function reasonOf(verdicts: readonly Verdict[]): string {
  const [message = '', ...others] = new Set(verdicts.map((verdict) => verdict.message));
  return others.length === 0 ? message : `for example: ${message}`;
}

/** One reason, then what it left open: usually many requirements in one run, or one requirement in many runs. */
function entry({ columns, options }: View, message: string, verdicts: readonly Verdict[]): string[] {
  const list = (items: readonly string[]) => {
    const distinct = [...new Set(items)].map(oneLine);
    return options.verbose ? distinct.join(', ') : few(distinct, 6);
  };
  const requirements = list(verdicts.map(({ requirement }) => requirement));
  const runs = list(verdicts.map(({ run }) => run));
  return [...wrap(message, columns, 2, 2), ...wrap(`${requirements}; in ${runs}`, columns, 4, 2)];
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
