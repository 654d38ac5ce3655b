import type { VNode } from 'preact';
import { baselineRemarks } from '../terminal/accepted.js';
import type { Group } from '../terminal/view.js';
import { Case } from './cases/case.js';
import { clipped } from './clipped.js';
import { Header } from './header.js';
import { MatrixSection } from './matrix/table.js';
import { Sections } from './navigation.js';
import { MustsNotTested, NotApplicable, OthersNotTested } from './open.js';
import { Remarks } from './remarks.js';
import { Requirements } from './requirements.js';
import { Runs } from './runs/run.js';
import { Stale } from './stale.js';
import { Distribution } from './timeline/distribution.js';
import type { PageView } from './view.js';

/** What the gate stops at comes first; what is complete comes last. */
export function Page({ view }: { view: PageView }): VNode {
  const { report, failing, warnings, known } = view;
  return (
    <>
      <a class="skip" href="#content">
        Skip to the result
      </a>
      <Sections view={view} />
      <main id="content" tabIndex={-1}>
        <Header view={view} />
        <Cases id="failures" title="Failures" groups={failing} view={view} />
        <Stale view={view} />
        <MustsNotTested view={view} />
        <Cases id="warnings" title="Warnings" groups={warnings} view={view} />
        <Cases id="known" title={knownTitle(view)} groups={known} view={view} />
        <MatrixSection view={view} />
        <Distribution report={report} />
        <OthersNotTested view={view} />
        <NotApplicable view={view} />
        <Remarks
          report={{ ...report, remarks: [...report.remarks, ...baselineRemarks(report, view.context, 20)] }}
        />
        <Runs view={view} />
        <Requirements view={view} />
      </main>
      <footer>
        <p>
          Written by signal-conformance {report.version}. Times of a run are counted from its first stop
          signal. The JSON report (<code>--json</code>) has every event of every run.
        </p>
      </footer>
    </>
  );
}

function knownTitle({ context: { baseline, edition } }: PageView): string {
  const listed = baseline === undefined ? [] : [`listed in ${clipped(baseline.name, 80)}`];
  const later = edition === undefined ? [] : [`not demanded yet in ${edition.year}`];
  return `Known (${[...listed, ...later].join(', or ')})`;
}

function Cases(given: { id: string; title: string; groups: readonly Group[]; view: PageView }): VNode | null {
  const { id, title, groups, view } = given;
  if (groups.length === 0) return null;
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {title} <small>{groups.length}</small>
      </h2>
      {groups.map((group) => (
        <Case view={view} group={group} />
      ))}
    </section>
  );
}
