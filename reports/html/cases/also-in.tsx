import type { VNode } from 'preact';
import type { Verdict } from '../../report.js';
import { counted } from '../../terminal/view.js';
import { caseAnchor } from '../anchors.js';
import { clipped } from '../clipped.js';
import { Fact, Facts, RunLink } from '../parts.js';
import type { PageView } from '../view.js';
import { Again, Proof } from './proof.js';

/** So many are told with their proof; of the others there is what the verdict says. */
const withProof = 40;

/** The other runs in which the same requirement failed. */
export function AlsoIn({ view, verdicts }: { view: PageView; verdicts: readonly Verdict[] }): VNode | null {
  if (verdicts.length === 0) return null;
  const rest = verdicts.slice(withProof);
  return (
    <section class="also">
      <h4>Also in {counted(verdicts.length, 'run')}</h4>
      {verdicts.slice(0, withProof).map((verdict) => (
        <details id={caseAnchor(verdict.id)}>
          <summary>
            <b>{clipped(verdict.run, 200)}</b> {clipped(verdict.message, 1000)}
          </summary>
          <Proof view={view} verdict={verdict} picture={false} />
          <Facts>
            <Fact name="run">
              <RunLink id={verdict.run} />
            </Fact>
            <Fact name="again">
              <Again view={view} verdict={verdict} />
            </Fact>
          </Facts>
        </details>
      ))}
      {rest.length > 0 && (
        <ul>
          {rest.map((verdict) => (
            <li id={caseAnchor(verdict.id)}>
              <RunLink id={verdict.run} /> {clipped(verdict.message, 200)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
