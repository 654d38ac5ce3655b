import type { VNode } from 'preact';
import type { Verdict } from '../../report.js';
import { counted, type Group } from '../../terminal/view.js';
import { fixes } from '../../text/remedy.js';
import { caseAnchor } from '../anchors.js';
import { Fact, Facts, Mark, RequirementLink, RunLink } from '../parts.js';
import { kindOf, type PageView } from '../view.js';
import { AlsoIn } from './also-in.js';
import { Again, Proof } from './proof.js';
import { Sources } from './sources.js';

/** A requirement that failed, in the run that shows it best; as on the terminal, with a picture. */
export function Case({ view, group }: { view: PageView; group: Group }): VNode {
  const [verdict, ...others] = group.verdicts;
  const text = view.requirements.get(group.requirement);
  const kind = kindOf(verdict, view);
  const anchor = caseAnchor(verdict.id);
  const runs = others.length === 0 ? '' : `, in ${counted(group.verdicts.length, 'run')}`;
  const proof = (
    <>
      <Proof view={view} verdict={verdict} picture />
      <Facts>
        <Fact name="why">{text?.because}</Fact>
        <Fact name="fix">
          {text && fixes(text.remedy, view.report.target.command).map((fix) => <p>{fix}</p>)}
        </Fact>
        <Fact name="again">
          <Again view={view} verdict={verdict} />
        </Fact>
        {text?.sources !== undefined && text.sources.length > 0 && (
          <Fact name="sources">
            <Sources sources={text.sources} />
          </Fact>
        )}
      </Facts>
    </>
  );
  return (
    <article class={`case ${kind}`} id={anchor} tabIndex={-1} aria-labelledby={`${anchor}/title`}>
      <h3 id={`${anchor}/title`}>
        <Mark kind={kind} /> <RequirementLink id={group.requirement} />{' '}
        <small>
          ({group.level}
          {runs})
        </small>
      </h3>
      {text && <p class="statement">{text.statement}</p>}
      <Facts>
        <Fact name="run">
          <RunLink id={verdict.run} />
          {verdict.comparedWith !== undefined && (
            <>
              , compared with <RunLink id={verdict.comparedWith} />
            </>
          )}
        </Fact>
        <Fact name="what" kind="what">
          {verdict.message}
        </Fact>
        <Fact name="listed">{listedAs(view, verdict)}</Fact>
      </Facts>
      {kind === 'fail' ? (
        proof
      ) : (
        <details>
          <summary>Expected, observed, why, how to fix it</summary>
          {proof}
        </details>
      )}
      <AlsoIn view={view} verdicts={others} />
    </article>
  );
}

/** What the gate knows of it: why it lets it through, or from what it differs. */
function listedAs({ gate, context }: PageView, verdict: Verdict): string {
  const standing = gate.standing(verdict);
  const entry = gate.entry(verdict);
  if (standing === 'later-edition') return `not demanded yet in the edition of ${context.edition?.year}`;
  if (entry === undefined) return '';
  if (standing === 'known') {
    const often = gate.isSometimes(verdict) ? 'sometimes; ' : '';
    return often + (entry.reason === '' ? 'as known; no reason is written there' : entry.reason);
  }
  return standing === 'changed' ? `for another reason: ${entry.message}` : '';
}
