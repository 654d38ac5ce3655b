import type { VNode } from 'preact';
import { distributions } from '../timeline/distribution.js';
import { isOtherUntested } from './open.js';
import type { PageView } from './view.js';

/** The sections that this page has. */
export function Sections({ view }: { view: PageView }): VNode | null {
  const { report, failing, warnings, known, gate } = view;
  const { verdicts, runs, remarks, notPlayed } = report;
  const isOpen = verdicts.some((verdict) => gate.standing(verdict) === 'open');
  const sections = [
    failing.length > 0 && ['failures', 'Failures'],
    gate.stale.length > 0 && ['stale', 'Stale'],
    isOpen && ['not-tested', 'Not tested'],
    warnings.length > 0 && ['warnings', 'Warnings'],
    known.length > 0 && ['known', 'Known'],
    verdicts.length > 0 && ['matrix', 'Matrix'],
    distributions(report).length > 0 && ['times', 'Times'],
    verdicts.some((verdict) => isOtherUntested(view, verdict)) && [
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
