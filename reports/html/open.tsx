import type { VNode } from 'preact';
import type { Verdict } from '../report.js';
import { clipped } from './clipped.js';
import { grouped } from './grouped.js';
import { Listed, RequirementLink, RunLink } from './parts.js';
import type { PageView } from './view.js';

/** What was not tested although a MUST demands it: this is part of the outcome. */
export function MustsNotTested({ view }: { view: PageView }): VNode | null {
  const verdicts = view.report.verdicts.filter((verdict) => view.gate.standing(verdict) === 'open');
  return <Reasons id="not-tested" title="Not tested, although a MUST demands it" verdicts={verdicts} />;
}

export function OthersNotTested({ view }: { view: PageView }): VNode | null {
  const verdicts = view.report.verdicts.filter((verdict) => isOtherUntested(view, verdict));
  return <Reasons id="not-tested-others" title="Not tested, and nothing depends on it" verdicts={verdicts} />;
}

/** A SHOULD or a MAY, or what a baseline lists. */
export function isOtherUntested({ gate }: PageView, verdict: Verdict): boolean {
  return verdict.outcome === 'untested' && gate.standing(verdict) !== 'open';
}

export function NotApplicable({ view }: { view: PageView }): VNode | null {
  const verdicts = view.report.verdicts.filter(({ outcome }) => outcome === 'not-applicable');
  return <Reasons id="not-applicable" title="Not applicable" verdicts={verdicts} folded />;
}

/** One reason, then what it left open: usually many requirements in one run, or one requirement in many runs. */
function Reasons(given: { id: string; title: string; verdicts: readonly Verdict[]; folded?: boolean }) {
  const { id, title, verdicts, folded } = given;
  if (verdicts.length === 0) return null;
  const byReason = [...grouped(verdicts, ({ message }) => message)];
  const list = (
    <ul class="reasons">
      {byReason.map(([reason, own]) => (
        <li>
          <p>{clipped(reason, 2000)}</p>
          <p class="whom">
            <Listed
              items={[...new Set(own.map(({ requirement }) => requirement))].map((one) => (
                <RequirementLink id={one} />
              ))}
            />
            {'; in '}
            <Listed
              items={[...new Set(own.map(({ run }) => run))].map((run) => <RunLink id={run} />)}
              limit={6}
            />
          </p>
        </li>
      ))}
    </ul>
  );
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {title} <small>{verdicts.length.toLocaleString('en')}</small>
      </h2>
      {folded ? (
        <details>
          <summary>{byReason.length === 1 ? 'The reason' : `${byReason.length} reasons`}</summary>
          {list}
        </details>
      ) : (
        list
      )}
    </section>
  );
}
