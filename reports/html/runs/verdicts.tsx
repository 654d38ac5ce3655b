import type { VNode } from 'preact';
import type { Verdict } from '../../report.js';
import { caseAnchor } from '../anchors.js';
import { clipped } from '../clipped.js';
import { grouped } from '../grouped.js';
import { Mark } from '../parts.js';
import { type Kind, kindOf, type PageView } from '../view.js';

const order: readonly Kind[] = ['fail', 'warn', 'untested', 'pass'];

/** How a run was judged: what failed leads to its case; what does not apply is told by reason. */
export function Verdicts({ view, verdicts }: { view: PageView; verdicts: readonly Verdict[] }): VNode {
  const byKind = grouped(verdicts, (verdict) => kindOf(verdict, view.context));
  const byReason = grouped(byKind.get('na') ?? [], ({ message }) => message);
  return (
    <ul class="verdicts">
      {order.flatMap((kind) =>
        (byKind.get(kind) ?? []).map((verdict) => <Judged kind={kind} verdict={verdict} />),
      )}
      {[...byReason].map(([reason, own]) => (
        <li class="na">
          <Mark kind="na" /> <span>{own.map(({ requirement }) => clipped(requirement, 80)).join(', ')}</span>{' '}
          {clipped(reason, 300)}
        </li>
      ))}
    </ul>
  );
}

function Judged({ kind, verdict }: { kind: Kind; verdict: Verdict }): VNode {
  const { id, requirement, level, message } = verdict;
  const failed = kind === 'fail' || kind === 'warn';
  const name = clipped(requirement, 80);
  return (
    // The case of a failure has this place itself.
    <li class={kind} id={failed ? undefined : caseAnchor(id)} tabIndex={failed ? undefined : -1}>
      <Mark kind={kind} /> {failed ? <a href={`#${caseAnchor(id)}`}>{name}</a> : <b>{name}</b>}{' '}
      {level !== 'MUST' && <small>{level} </small>}
      {clipped(message, 600)}
    </li>
  );
}
