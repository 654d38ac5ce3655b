import type { VNode } from 'preact';
import { caseAnchor } from './anchors.js';
import { clipped } from './clipped.js';
import type { PageView } from './view.js';

/** What is listed as failing and passes fails the gate too, so that the list stays true. */
export function Stale({ view: { gate, context } }: { view: PageView }): VNode | null {
  if (gate.stale.length === 0) return null;
  return (
    <section id="stale" aria-labelledby="stale-title">
      <h2 id="stale-title">
        Passes, and is listed as failing <small>{gate.stale.length}</small>
      </h2>
      <p>
        It was repaired: play again with <code>--update-baseline</code>, which removes it from{' '}
        {clipped(context.baseline?.name ?? '', 200)}.
      </p>
      <ul class="reasons">
        {gate.stale.map(({ id, message }) => (
          <li>
            <p>
              <a href={`#${caseAnchor(id)}`}>{clipped(id, 200)}</a>
            </p>
            <p class="whom">listed: {clipped(message, 1000)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
