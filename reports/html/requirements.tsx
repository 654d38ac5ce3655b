import type { VNode } from 'preact';
import { requirementAnchor } from './anchors.js';
import { Sources } from './cases/sources.js';
import { clipped } from './clipped.js';
import { Fact, Facts } from './parts.js';
import type { PageView } from './view.js';

/** The requirements of this report, each text once: the rest of the page leads here. */
export function Requirements({ view }: { view: PageView }): VNode | null {
  const ids = [...new Set(view.report.verdicts.map(({ requirement }) => requirement))];
  if (ids.length === 0) return null;
  return (
    <section id="requirements" aria-labelledby="requirements-title">
      <h2 id="requirements-title">
        Requirements <small>{ids.length}</small>
      </h2>
      {ids.map((id) => (
        <Requirement id={id} view={view} />
      ))}
    </section>
  );
}

function Requirement({ id, view }: { id: string; view: PageView }): VNode {
  const text = view.requirements.get(id);
  const name = clipped(id, 200);
  if (text === undefined)
    return (
      <p class="requirement" id={requirementAnchor(id)}>
        <b>{name}</b>: this version has no text of it.
      </p>
    );
  const { general, ...runtimes } = text.remedy;
  return (
    <details class="requirement" id={requirementAnchor(id)}>
      <summary>
        <h3>{name}</h3> <small>{text.level}</small> <span class="brief">{text.statement}</span>
      </summary>
      <Facts>
        <Fact name="why">{text.because}</Fact>
        <Fact name="fix">{general}</Fact>
        {Object.entries(runtimes).map(([runtime, fix]) => (
          <Fact name={runtimeNames[runtime as keyof typeof runtimeNames] ?? runtime}>{fix}</Fact>
        ))}
        {text.sources !== undefined && text.sources.length > 0 && (
          <Fact name="sources">
            <Sources sources={text.sources} />
          </Fact>
        )}
      </Facts>
    </details>
  );
}

const runtimeNames = {
  node: 'Node.js',
  python: 'Python',
  go: 'Go',
  jvm: 'JVM',
  shell: 'shell',
  runner: 'package runner',
};
