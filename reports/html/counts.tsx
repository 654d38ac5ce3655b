import type { VNode } from 'preact';
import type { Kind, PageView } from './view.js';

/** The counts of the summary; what there is to see leads there. */
export function Counts({ view }: { view: PageView }): VNode | null {
  const { report, failing, warnings } = view;
  if (report.verdicts.length === 0) return <p class="counts">No requirement was judged.</p>;
  const { summary } = report;
  const counts: readonly (readonly [Kind, number, string, string | undefined])[] = [
    ['pass', summary.pass, 'passed', '#matrix'],
    ['fail', summary.fail, 'failed', failing.length > 0 ? '#failures' : undefined],
    [
      'warn',
      summary.warn,
      summary.warn === 1 ? 'warning' : 'warnings',
      warnings.length > 0 ? '#warnings' : '#failures',
    ],
    ['untested', summary.untested, 'untested', openPlace(view)],
    ['na', summary.notApplicable, 'not applicable', '#not-applicable'],
  ];
  return (
    <ul class="counts" aria-label={`${report.verdicts.length} verdicts`}>
      {counts.map(([kind, count, words, place]) => {
        const text = (
          <>
            <b>{count.toLocaleString('en')}</b> {words}
          </>
        );
        return (
          <li class={count === 0 ? 'zero' : kind}>
            {count === 0 || place === undefined ? text : <a href={place}>{text}</a>}
          </li>
        );
      })}
    </ul>
  );
}

function openPlace({ report }: PageView): string {
  const isMust = report.verdicts.some(({ outcome, level }) => outcome === 'untested' && level === 'MUST');
  return isMust ? '#not-tested' : '#not-tested-others';
}
