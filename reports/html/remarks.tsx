import type { VNode } from 'preact';
import type { Report } from '../report.js';
import { clipped } from './clipped.js';
import { grouped } from './grouped.js';

/** What else a reader should know, and scenarios that were planned away, by reason. */
export function Remarks({ report: { remarks, notPlayed } }: { report: Report }): VNode | null {
  if (remarks.length + notPlayed.length === 0) return null;
  const byReason = [...grouped(notPlayed, ({ reason }) => reason)];
  return (
    <section id="remarks" aria-labelledby="remarks-title">
      <h2 id="remarks-title">Remarks</h2>
      <ul class="reasons">
        {remarks.map((remark) => (
          <li>{clipped(remark)}</li>
        ))}
        {byReason.map(([reason, items]) => (
          <li>
            <p>Not played: {clipped(reason)}</p>
            <p class="whom">{clipped(items.map(({ id }) => id).join(', '))}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
