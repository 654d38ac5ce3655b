import type { VNode } from 'preact';
import type { Verdict } from '../../report.js';
import { notApplicableAnchor } from '../anchors.js';
import { clipped } from '../clipped.js';
import { grouped } from '../grouped.js';
import type { PageView } from '../view.js';

/**
 * For each run in which the same requirements did not apply for the same reasons as in one before it: that run. Hundreds
 * of runs share a few such lists, each of which is as long as the rest of a run.
 */
export function sameNotApplicable({ report, verdictsByRun }: PageView): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  const same = new Map<string, string>();
  for (const { id } of report.runs) {
    const own = notApplicable(verdictsByRun.get(id) ?? []);
    const key = JSON.stringify(own.map(({ requirement, message }) => [requirement, message]));
    const former = first.get(key);
    if (former === undefined) first.set(key, id);
    else same.set(id, former);
  }
  return same;
}

/** What did not apply in a run, by reason; or the run above that has the same list. */
export function NotApplicable(given: {
  run: string;
  verdicts: readonly Verdict[];
  sameAs: string | undefined;
}): VNode | null {
  const { run, sameAs } = given;
  const verdicts = notApplicable(given.verdicts);
  if (verdicts.length === 0) return null;
  if (sameAs !== undefined)
    return (
      <p class="same">
        Not applicable ({verdicts.length}):{' '}
        <a href={`#${notApplicableAnchor(sameAs)}`}>the same as in {clipped(sameAs, 200)}</a>
      </p>
    );
  return (
    <details id={notApplicableAnchor(run)}>
      <summary>Not applicable ({verdicts.length})</summary>
      <ul class="na-list">
        {[...grouped(verdicts, ({ message }) => message)].map(([reason, own]) => (
          <li>
            {clipped(reason, 600)}:{' '}
            <code>{own.map(({ requirement }) => clipped(requirement, 80)).join(', ')}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

function notApplicable(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter(({ outcome }) => outcome === 'not-applicable');
}
