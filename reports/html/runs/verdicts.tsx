import type { VNode } from 'preact';
import type { Verdict } from '../../report.js';
import { caseAnchor } from '../anchors.js';
import { clipped } from '../clipped.js';
import { grouped } from '../grouped.js';
import { Mark } from '../parts.js';
import { type Kind, kindOf, type PageView } from '../view.js';

const order: readonly Kind[] = ['fail', 'stale', 'warn', 'known', 'untested', 'pass'];

/** How a run was judged: what failed leads to its case. */
export function Verdicts({ view, verdicts }: { view: PageView; verdicts: readonly Verdict[] }): VNode | null {
  const byKind = grouped(verdicts, (verdict) => kindOf(verdict, view));
  const judged = order.filter((kind) => byKind.has(kind));
  if (judged.length === 0) return null;
  return (
    <dl class="verdicts">
      {judged.map((kind) => (
        <Judged kind={kind} verdicts={byKind.get(kind) ?? []} />
      ))}
    </dl>
  );
}

function Judged({ kind, verdicts }: { kind: Kind; verdicts: readonly Verdict[] }): VNode {
  return (
    <>
      <dt>
        <Mark kind={kind} />
      </dt>
      {verdicts.map((verdict) => (
        <JudgedOnce kind={kind} verdict={verdict} />
      ))}
    </>
  );
}

function JudgedOnce({ kind, verdict }: { kind: Kind; verdict: Verdict }): VNode {
  const { id, requirement, level, message } = verdict;
  // The case of a failure has this place itself.
  const failed = kind === 'fail' || kind === 'warn' || (kind === 'known' && verdict.outcome === 'fail');
  const name = <b>{clipped(requirement, 80)}</b>;
  return (
    <dd id={failed ? undefined : caseAnchor(id)}>
      {failed ? <a href={`#${caseAnchor(id)}`}>{name}</a> : name}{' '}
      {level !== 'MUST' && <small>{level} </small>}
      {clipped(message, 600)}
    </dd>
  );
}
