import type { VNode } from 'preact';
import { leavesOpen } from '../outcome.js';
import type { PageView } from './view.js';

/** The sections that this page has. */
export function Sections({ view }: { view: PageView }): VNode | null {
  const { report, failing, warnings } = view;
  const { verdicts, runs, remarks, notPlayed } = report;
  const isOpen = verdicts.some(leavesOpen);
  const sections = [
    failing.length > 0 && ['failures', 'Failures'],
    isOpen && ['not-tested', 'Not tested'],
    warnings.length > 0 && ['warnings', 'Warnings'],
    verdicts.length > 0 && ['matrix', 'Matrix'],
    verdicts.some((verdict) => verdict.outcome === 'untested' && !leavesOpen(verdict)) && [
      'not-tested-others',
      isOpen ? 'Not tested (SHOULD)' : 'Not tested',
    ],
    verdicts.some(({ outcome }) => outcome === 'not-applicable') && ['not-applicable', 'Not applicable'],
    remarks.length + notPlayed.length > 0 && ['remarks', 'Remarks'],
    runs.length > 0 && ['runs', 'Runs'],
    verdicts.length > 0 && ['requirements', 'Requirements'],
  ].filter((section) => section !== false);
  if (sections.length === 0) return null;
  return (
    <nav aria-label="Sections">
      <ul>
        {sections.map(([id, title]) => (
          <li>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
